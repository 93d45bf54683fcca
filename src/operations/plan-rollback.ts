import type { App, ApprovalPolicy, Environment } from '../domain/app.ts';
import { policyFor } from '../domain/approvals/policy.ts';
import { lockOf } from '../domain/barriers/barriers.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';
import { isOver, type Pass, type Release, type Route } from '../domain/release.ts';
import { chooseRollbackTarget, runsEverywhere } from '../domain/rollback-target.ts';
import type { Revision } from '../domain/revision.ts';
import type { RunningVersion } from '../domain/running-version.ts';
import type { World } from '../ports.ts';
import { isOnInstances } from './choose-newest.ts';
import { knownVersions } from './known-revisions.ts';
import { refuseClosed } from './gates/refuse-closed.ts';
import { refuseViewers } from './role.ts';

/** What a rollback would do: shown to the caller alone before one confirm. */
export interface RollbackPlan {
  readonly app: string;
  readonly environment: string;
  readonly target: Revision & { readonly label: string };
  readonly targetSince?: number;
  readonly standing: RunningVersion['standing'] | 'unknown';
  readonly running?: Revision;
  readonly runningSince?: number;
  /** How many instances run each revision, where Beanstalk tells and they differ. */
  readonly mixed?: readonly { readonly revision: Revision; readonly count: number }[];
  /** Who holds the environment's lock already. Absent: the rollback takes it for the caller. */
  readonly lockedBy?: string;
  /** When that lock ends. Absent for the caller’s own, which is made to last. */
  readonly lockedUntil?: number;
  /** A rollback to just that which waits for somebody who may deploy: whoever confirms joins it. */
  readonly joins?: { readonly number: number; /** Who asked for it before; empty: the caller did. */ readonly askers: readonly string[] };
  /** Who is asked before anything is done; absent: nobody. */
  readonly approval?: ApprovalPolicy;
  /** An application deployment that is aborted first, or another operation that is awaited. */
  readonly inFlight?: { readonly kind: 'application' | 'other'; readonly text: string };
}

/** Reads what runs, what ran, and what Beanstalk still has, and makes a plan. `passes`: gates that an owner lets it pass. Changes nothing. */
export async function planRollback(app: App, environment: Environment, asked: string | undefined, user: string, world: World, { reason, passes }: { readonly reason?: string; readonly passes?: readonly Pass[] } = {}): Promise<Answer<RollbackPlan>> {
  const refusal = await refuseViewers(user, app, world);
  if (refusal) return no(refusal);
  const running = (await world.store.openReleases(app.name)).find((release) => release.environment === environment.name && release.purpose === 'rollback' && !isOver(release));
  const held = running && isHeldForAskers(running) ? running : undefined;
  if (running && !held) return no({ kind: 'rollback-running', environment: environment.name, number: running.number });
  const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  const history = await world.store.runningVersions(app.name, environment.name, 50);
  const versions = await world.aws.versions(app);
  const current = history.find((entry) => entry.label === seen.label);
  const runs = seen.label === undefined ? undefined : (current?.revision ?? (await world.aws.revisionOfLabel(app, seen.label)));
  const target = asked === undefined ? chooseRollbackTarget({ history, versions, environment: seen, ...(runs && { running: runs }) })?.version : await namedTarget(app, environment, asked, history, world);
  if (asked !== undefined && !target) return no({ kind: 'unknown-revision', app: app.name, asked, newest: versions.slice(0, 3).map((version) => version.label), alsoPlaces: false });
  if (!target) return no({ kind: 'nothing-to-roll-back-to', environment: environment.name, ...(seen.label !== undefined && { running: seen.label }) });
  if (runsEverywhere(target.label, seen)) return no({ kind: 'already-runs', environment: environment.name, what: target.revision.id ?? target.label, onInstances: isOnInstances(seen) });
  if (held && held.route.label !== target.label) return no({ kind: 'rollback-running', environment: environment.name, number: held.number, waitsFor: held.route.label });
  const revision = { ...target.revision, label: target.label };
  const closed = await refuseClosed({ app, environment, user, route: { kind: 'version', label: target.label }, revision, purpose: 'rollback', ...(reason !== undefined && { reason }), ...(passes && { passes }), ...(asked !== undefined && { asked }) }, world);
  if (closed) return no(closed);
  const mixed = await mixedRevisions(app, seen.instances?.map((instance) => instance.label ?? 'unknown') ?? [], world);
  const operation = seen.status === 'Ready' ? undefined : await world.aws.observeOperation(app, environment.beanstalkEnvironment, { since: world.clock.now() - 3 * 3_600_000 });
  const lock = lockOf(await world.store.barriers(app.name, environment.name), world.clock.now());
  const approval = policyFor(environment, 'rollback');
  return yes({
    app: app.name,
    environment: environment.name,
    target: revision,
    ...(target.since > 0 && { targetSince: target.since }),
    standing: target.since > 0 ? target.standing : 'unknown',
    ...(runs && { running: runs }),
    ...(current && { runningSince: current.since }),
    ...(mixed.length > 1 && { mixed }),
    ...(approval && { approval }),
    ...(held && { joins: { number: held.number, askers: askersBefore(held, user) } }),
    ...(lock && { lockedBy: lock.by }),
    ...(lock && lock.by !== user && { lockedUntil: lock.until }),
    ...(seen.status !== 'Ready' && { inFlight: { kind: operation?.kind ?? 'other', text: operation?.events[0]?.message ?? `The environment is ${seen.status}.` } }),
  });
}

/** Nobody who asked for it may deploy any more, and somebody who may gets it going. */
function isHeldForAskers(release: Release): release is Release & { readonly route: Extract<Route, { kind: 'version' }> } {
  const { waiting, cancel, route } = release;
  return route.kind === 'version' && !cancel && waiting?.for === 'gate' && waiting.gate === 'role' && waiting.because.because === 'role';
}

function askersBefore({ requesters }: Release, user: string): readonly string[] {
  const askers = requesters.map((one) => one.user);
  return askers.includes(user) ? [] : askers;
}

/** The version that was asked for by label or commit; `since: 0` when it never ran here. */
async function namedTarget(app: App, environment: Environment, asked: string, history: readonly RunningVersion[], world: World): Promise<RunningVersion | undefined> {
  const known = await knownVersions(app, world);
  const found = known.find(({ version, revision }) => version.usable && (version.label === asked || (asked.length >= 7 && revision.id?.startsWith(asked.toLowerCase()))));
  if (!found) return undefined;
  const ran = history.find((entry) => entry.label === found.version.label);
  return ran ?? { app: app.name, environment: environment.name, label: found.version.label, revision: found.revision, since: 0, standing: 'deployed' };
}

async function mixedRevisions(app: App, labels: readonly string[], world: World): Promise<NonNullable<RollbackPlan['mixed']>> {
  const found: { revision: Revision; count: number }[] = [];
  for (const label of new Set(labels)) found.push({ revision: await world.aws.revisionOfLabel(app, label), count: labels.filter((one) => one === label).length });
  return found;
}
