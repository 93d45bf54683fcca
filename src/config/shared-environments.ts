import { deploysTo, type App } from '../domain/app.ts';
import type { Problem } from './problems.ts';

/** An app and what AWS says of where its environments are. */
export interface PlacedApp {
  readonly app: App;
  /** Beanstalk's ids of environments, by their Beanstalk names. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The first environment of the app that one of the others has too: locks, the queue and approvals are an app's own, so each of the two would pass by those of the other. Undefined: none. */
export function sharedEnvironment(one: PlacedApp, others: readonly PlacedApp[]): Problem | undefined {
  for (const other of others.filter(({ app }) => app.name !== one.app.name)) {
    const shared = one.app.environments.filter(({ beanstalkEnvironment }) => isIn(beanstalkEnvironment, one, other));
    const [first] = shared;
    if (!first) continue;
    return {
      path: `apps.${one.app.name}.environments`,
      found: `the Beanstalk environment ${first.beanstalkEnvironment}, which the app ${other.app.name} has already`,
      allowed: `each environment in one app, for its locks and its queue are that app's: pipelines and environments that ${other.app.name} does not have, or one app instead of the two`,
      ...withoutThem(one.app, shared.map(({ beanstalkEnvironment }) => beanstalkEnvironment)),
    };
  }
  return undefined;
}

/** Beanstalk's names are unique in an account and a region; where the roles do not tell whether the account is the same, the id does. */
function isIn(beanstalkEnvironment: string, one: PlacedApp, other: PlacedApp): boolean {
  if (one.app.region !== other.app.region || !other.app.environments.some((environment) => environment.beanstalkEnvironment === beanstalkEnvironment)) return false;
  const id = one.ids.get(beanstalkEnvironment);
  return accountOf(one.app) === accountOf(other.app) || (id !== undefined && id === other.ids.get(beanstalkEnvironment));
}

/** Undefined: Jack's own. */
function accountOf({ roleArn }: App): string | undefined {
  return roleArn?.split(':')[4];
}

/** The lines that leave the app what is its own; none where a pipeline of it would bring the shared ones back, or nothing is left. */
function withoutThem({ environments, pipelines }: App, shared: readonly string[]): Pick<Problem, 'write'> {
  const own = environments.filter(({ beanstalkEnvironment }) => !shared.includes(beanstalkEnvironment));
  const clean = pipelines.filter((pipeline) => shared.every((one) => deploysTo(pipeline, one).length === 0));
  if (own.length === 0 || (clean.length === 0 && pipelines.length > 0)) return {};
  const only = clean.length < pipelines.length ? [`pipelines: [${clean.map(({ name }) => name).join(', ')}]`] : [];
  return { write: [...only, 'environments:', ...own.map(({ name, beanstalkEnvironment }) => `  ${name}: { beanstalk: ${beanstalkEnvironment} }`)] };
}
