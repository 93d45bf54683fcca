import { deploysTo, hasApprovalBefore, type App, type Environment, type Role } from '../domain/app.ts';
import { examineGates } from '../domain/gates/index.ts';
import type { GateState } from '../domain/gates/gate.ts';
import type { DisabledTransition, ObservedEnvironment } from '../domain/observation.ts';
import { occupies, queues } from '../domain/occupancy.ts';
import type { World } from '../ports.ts';
import { transitionsBefore } from './closed-transitions.ts';
import { roleOf } from './role.ts';

/** Every gate in front of an environment for this person, and what is there now. Changes nothing. */
export interface Why {
  readonly app: string;
  readonly environment: string;
  readonly role: Role;
  readonly gates: readonly GateState[];
  readonly seen: ObservedEnvironment;
  readonly owners: readonly string[];
  /** Ways into stages that somebody closed in AWS, on the pipeline's way there. */
  readonly transitions: readonly DisabledTransition[];
}

export async function tellWhy(app: App, environment: Environment, user: string, world: World): Promise<Why> {
  const role = await roleOf(user, app, world);
  const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  const open = await world.store.openReleases(app.name);
  const pipeline = app.pipelines.find((one) => deploysTo(one, environment.beanstalkEnvironment).length > 0);
  const operation = seen.status === 'Ready' ? undefined : await world.aws.observeOperation(app, environment.beanstalkEnvironment, { since: world.clock.now() - 3 * 3_600_000 });
  const gates = examineGates({
    environment,
    route: pipeline ? 'pipeline' : 'version',
    purpose: 'deploy',
    role,
    ahead: open.filter((release) => occupies(release, environment.name) || queues(release, environment.name)),
    seen,
    ...(operation && { operation }),
    approvalAction: pipeline !== undefined && hasApprovalBefore(pipeline, environment.beanstalkEnvironment),
  });
  return { app: app.name, environment: environment.name, role, gates, seen, owners: app.people.owners, transitions: await transitionsBefore(app, environment, world) };
}
