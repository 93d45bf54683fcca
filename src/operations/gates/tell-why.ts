import { environmentsBefore, hasApprovalBefore, pipelineTo, type App, type ApprovalPolicy, type Environment, type Pipeline, type Role } from '../../domain/app.ts';
import { isShutBy } from '../../domain/door/door-facts.ts';
import { examineGates } from '../../domain/gates/index.ts';
import { isForeign } from '../../domain/gates/foreign-lock.ts';
import type { GateState } from '../../domain/gates/gate.ts';
import type { DisabledTransition, ObservedEnvironment, ObservedOperation } from '../../domain/observation.ts';
import { aheadOf } from '../../domain/occupancy.ts';
import type { Route } from '../../domain/release.ts';
import type { Revision } from '../../domain/revision.ts';
import { asksTheSame } from '../../domain/same-request.ts';
import type { World } from '../../ports.ts';
import { transitionsBefore } from './closed-transitions.ts';
import { idsKnown, orUnknown, readBarriers, readConditions } from './gate-facts.ts';
import { roleOf } from '../role.ts';

/** What `@<revision>` would bring, and how. `asked`: the word for it. */
export interface Named {
  readonly asked: string;
  readonly route: Route;
  readonly revision: Revision;
  /** Environments on the way that get it too. */
  readonly also?: readonly string[];
}

/** Every gate in front of an environment for this person, and what is there now. Changes nothing. */
export interface Why {
  readonly app: string;
  readonly environment: string;
  readonly role: Role;
  readonly gates: readonly GateState[];
  /** Absent: Beanstalk does not answer. */
  readonly seen?: ObservedEnvironment;
  readonly owners: readonly string[];
  /** Ways into stages on the way there that are disabled for Jack's own sake: a lock of another environment, or a release at work. */
  readonly transitions: readonly DisabledTransition[];
  /** The revision that it is about; absent: what `/deploy` brings by itself. `joins`: an open release brings just that. */
  readonly named?: Named & { readonly joins?: number; /** The caller has asked for that one. */ readonly isTheirs?: boolean };
  /** Who is asked before a rollback does anything; absent: nobody. */
  readonly rollback?: ApprovalPolicy;
  /** The pipeline that brings a push there without asking anybody, though the environment has a policy. */
  readonly asksNobody?: string;
}

/** How far back the operation that keeps an environment busy is looked for. */
const BUSY_SINCE_MS = 3 * 3_600_000;

export async function tellWhy(app: App, environment: Environment, user: string, world: World, named?: Named): Promise<Why> {
  const role = await roleOf(user, app, world);
  const usual = pipelineTo(app, environment);
  const pipeline = named?.route.kind === 'version' ? undefined : usual;
  const route: Route = named?.route ?? (pipeline ? { kind: 'pipeline', pipeline: pipeline.name } : { kind: 'version', label: '' });
  const coming = { app, environment, route };
  const { seen, operation } = await readEnvironment(app, environment, world);
  const hasAction = pipeline !== undefined && hasApprovalBefore(pipeline, environment.beanstalkEnvironment);
  const disabled = pipeline ? await orUnknown(transitionsBefore(app, environment, world)) : [];
  const open = await world.store.openReleases(app.name);
  const same = named && open.find((release) => asksTheSame(release, { app: app.name, environment: environment.name, purpose: 'deploy', ...named }));
  const known = await idsKnown(app, disabled === 'unknown' ? [] : disabled, world);
  const barriers = await readBarriers(coming, world);
  const gates = examineGates({
    environment,
    route: route.kind,
    purpose: 'deploy',
    role,
    requesters: [user],
    // A release asked for now would be the last.
    ahead: aheadOf(same ?? { id: '', app: app.name, environment: environment.name, number: Number.POSITIVE_INFINITY }, open, world.clock.now(), isShutBy(barriers)),
    ...barriers,
    ...(pipeline && { onTheWay: environmentsBefore(app, environment, pipeline) }),
    ...(await readConditions(coming, named?.revision ?? (await newestOf(app, environment, pipeline, world)), world)),
    ...(seen && { seen }),
    ...(operation && { operation }),
    approvalAction: hasAction,
  });
  return {
    app: app.name,
    environment: environment.name,
    role,
    gates,
    ...(seen && { seen }),
    owners: app.people.owners,
    transitions: disabled === 'unknown' ? [] : disabled.filter((one) => !isForeign(one, known)),
    ...(named && { named: { ...named, ...(same && { joins: same.number, isTheirs: same.requesters.some((one) => one.user === user) }) } }),
    ...(environment.rollbackApproval && { rollback: environment.rollbackApproval }),
    ...(usual && environment.approval && !hasApprovalBefore(usual, environment.beanstalkEnvironment) && { asksNobody: usual.name }),
  };
}

async function readEnvironment(app: App, environment: Environment, world: World): Promise<{ readonly seen?: ObservedEnvironment; readonly operation?: ObservedOperation }> {
  const seen = await orUnknown(world.aws.observeEnvironment(app, environment.beanstalkEnvironment));
  if (seen === 'unknown') return {};
  if (seen.status === 'Ready') return { seen };
  const operation = await orUnknown(world.aws.observeOperation(app, environment.beanstalkEnvironment, { since: world.clock.now() - BUSY_SINCE_MS }));
  return { seen, ...(operation !== 'unknown' && operation && { operation }) };
}

/** What `/deploy` would bring: the promotion gate is about that. Nothing known: the gate says that it cannot tell. */
async function newestOf(app: App, environment: Environment, pipeline: Pipeline | undefined, world: World): Promise<Revision> {
  if ((environment.after ?? []).length === 0) return {};
  const head = pipeline ? await orUnknown(world.aws.sourceHead(app, pipeline)) : await orUnknown(whatRunsBefore(app, environment, world));
  return head === 'unknown' || head === undefined ? {} : head;
}

async function whatRunsBefore(app: App, environment: Environment, world: World): Promise<Revision | undefined> {
  const before = app.environments[app.environments.indexOf(environment) - 1];
  const label = before && (await world.aws.observeEnvironment(app, before.beanstalkEnvironment)).label;
  return label === undefined ? undefined : { ...(await world.aws.revisionOfLabel(app, label)), label };
}
