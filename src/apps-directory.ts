import type { Discovered } from './aws/discover.ts';
import type { ConfiguredApp } from './config/config.ts';
import { joinApp } from './config/join.ts';
import { problemText } from './config/problems.ts';
import { sharedEnvironment, type PlacedApp } from './config/shared-environments.ts';
import type { App } from './domain/app.ts';
import { Fault } from './domain/faults.ts';
import type { Apps, Log } from './ports.ts';
import { StartProblem } from './start-problem.ts';

/** What AWS says of one app; `fresh` asks anew though it was asked a moment ago. */
export type Discover = (configured: ConfiguredApp, fresh: boolean) => Promise<Discovered>;

export interface DirectorySettings {
  /** As the file says, in its order. */
  readonly configured: readonly ConfiguredApp[];
  readonly discover: Discover;
  readonly log: Log;
  /** An app that takes longer counts as not discovered. Milliseconds. */
  readonly patienceMs?: number;
}

/** The start has to end within a quarter of a minute, whatever AWS does. */
const PATIENCE_MS = 12_000;

/** The directory, for whoever reads jack.yml again. */
export interface Directory extends Apps {
  /**
   * The file was changed: these apps from now on. Each is looked at before this resolves. `objects` says what is against
   * it, by what was known and what would be: then this rejects with a `StartProblem`, and nothing has changed.
   */
  replace(configured: readonly ConfiguredApp[], objects?: (before: readonly App[], after: readonly App[]) => Promise<string | undefined>): Promise<void>;
  /**
   * What is wrong with the file; undefined when it is so no more. There is one complaint about each thing. `about`
   * absent: the file cannot be used as it is; the next one that can ends that.
   */
  complain(problem: string | undefined, about?: string): void;
}

/** What stands in for an app's name when the file itself is the problem. */
const THE_FILE = 'jack.yml';

/**
 * Looks at every app once. An app that fails does not keep the others from working; when all fail this throws a
 * `StartProblem` with one line for each.
 */
export async function openDirectory(settings: DirectorySettings): Promise<Directory> {
  const { log } = settings;
  let { configured } = settings;
  const complaints = new Map<string, string>();
  const known = new Map<string, PlacedApp>();
  const problems = new Map<string, string>();

  async function look(app: ConfiguredApp, fresh: boolean): Promise<void> {
    takeInAlone(app, await appOrProblem(app, fresh, settings));
  }

  /** Whoever has an environment first keeps it. */
  function takeInAlone(app: ConfiguredApp, found: PlacedApp | string): void {
    const shared = typeof found === 'string' ? undefined : sharedEnvironment(found, [...known.values()]);
    takeIn(app, shared ? problemText(shared) : found);
  }

  function takeIn(app: ConfiguredApp, found: PlacedApp | string): void {
    if (typeof found !== 'string') {
      if (problems.delete(app.name)) log.info({ app: app.name }, 'the app is found again');
      known.set(app.name, found);
      return;
    }
    if (problems.get(app.name) !== found) log.error({ app: app.name, problem: found }, 'an app cannot be discovered');
    // What was known stays: releases under way must not be forgotten because AWS does not answer for a while.
    problems.set(app.name, found);
  }

  const first = await Promise.all(configured.map(async (app) => ({ app, is: await appOrProblem(app, false, settings) })));
  for (const { app, is } of first) takeInAlone(app, is);
  if (known.size === 0) throw new StartProblem(configured.map((app) => `App ${app.name} cannot be used: ${problems.get(app.name) ?? ''}`));
  return {
    all: () => configured.flatMap((app) => known.get(app.name)?.app ?? []),
    problems: () => [...configured.flatMap((app) => problemOf(app, problems.get(app.name))), ...[...complaints.values()].map((problem) => ({ app: THE_FILE, channel: '', problem }))],
    async refresh(name) {
      const app = configured.find((one) => one.name === name);
      if (app) await look(app, true);
    },
    async replace(next, objects) {
      const found = await Promise.all(next.map(async (app) => ({ app, is: await appOrProblem(app, false, settings) })));
      const after = found.flatMap(({ app, is }) => (typeof is === 'string' ? (known.get(app.name) ?? []) : is));
      const shared = after.map((one, index) => sharedEnvironment(one, after.slice(0, index))).filter((problem) => problem !== undefined);
      if (shared.length > 0) throw new StartProblem(shared.map((problem) => problemText(problem)));
      const objection = await objects?.([...known.values()].map(({ app }) => app), after.map(({ app }) => app));
      if (objection !== undefined) throw new StartProblem([objection]);
      complaints.delete(THE_FILE);
      for (const { app, is } of found) takeIn(app, is);
      for (const { name } of configured.filter((app) => !next.some((one) => one.name === app.name))) {
        known.delete(name);
        problems.delete(name);
      }
      configured = next;
    },
    complain(problem, about = THE_FILE) {
      if (problem === undefined) complaints.delete(about);
      else complaints.set(about, problem);
    },
  };
}

function problemOf(app: ConfiguredApp, problem: string | undefined): ReturnType<Apps['problems']> {
  return problem === undefined ? [] : [{ app: app.name, channel: app.channel, problem }];
}

async function appOrProblem(configured: ConfiguredApp, fresh: boolean, settings: DirectorySettings): Promise<PlacedApp | string> {
  try {
    const discovered = await inTime(settings.discover(configured, fresh), settings.patienceMs ?? PATIENCE_MS, configured);
    if (discovered.problem !== undefined) return discovered.problem;
    const joined = joinApp(configured, { pipelines: discovered.pipelines, beanstalkEnvironments: discovered.environments.map((one) => one.beanstalkEnvironment) });
    const ids = new Map(discovered.environments.map(({ beanstalkEnvironment, id }) => [beanstalkEnvironment, id]));
    return 'app' in joined ? { app: joined.app, ids } : joined.problems.map((problem) => problemText(problem)).join('; ');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return advised(error.message, configured.region);
  }
}

/** One line that ends with what to do. */
function advised(message: string, region: string): string {
  const line = message.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  if (/credentials have expired/.test(line)) return `${line}. Renew them (aws sso login, a new access key, or the role of the machine).`;
  if (/credentials could not be found/.test(line)) return `${line}. Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.`;
  if (/got no answer|did not answer/.test(line)) return `${line}. Check the network, AWS_ENDPOINT_URL and the region ${region}.`;
  return `${line}.`;
}

async function inTime<T>(work: Promise<T>, ms: number, { region }: ConfiguredApp): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Fault(`AWS did not answer in ${region} within ${Math.round(ms / 1000)} s`, { retryable: true })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
