import { environmentOf, type App } from '../domain/app.ts';
import { authorsMatter } from '../domain/approvals/four-eyes.ts';
import type { Deploy, Verdict } from '../domain/deploy.ts';
import { Fault } from '../domain/faults.ts';
import type { ObservedEnvironment } from '../domain/observation.ts';
import { occupies } from '../domain/occupancy.ts';
import { ownDeploy, type Release } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { RunningVersion } from '../domain/running-version.ts';
import type { Store, World } from '../ports.ts';
import type { Run } from './reconcile.ts';

/** How many releases of an app are asked whether they brought what runs. */
const LOOK_BACK = 30;

/**
 * The release that brought this label to the environment after the deploy had begun; else the one that is inside, and
 * of which it is not known yet what it brings. Undefined: it was done outside Slack.
 */
export async function replacerOf(release: Release, deploy: Deploy, label: string, store: Store): Promise<Release | undefined> {
  const { environment } = deploy;
  const since = deploy.startedAt ?? release.requestedAt;
  const others = (await store.recentReleases({ app: release.app, limit: LOOK_BACK })).filter((other) => other.id !== release.id);
  const there = (other: Release): Deploy | undefined => other.deploys.find((one) => one.environment === environment);
  const brought = others.find((other) => there(other)?.label === label && (there(other)?.startedAt ?? 0) >= since);
  return brought ?? others.find((other) => occupies(other, environment) && [undefined, label].includes(there(other)?.label ?? labelOf(other)));
}

function labelOf({ route }: Release): string | undefined {
  return route.kind === 'version' ? route.label : undefined;
}

/** Deploys that begin remember what ran there before: only so can a failed one say whether all is as it was. */
export async function withPreviousLabels(release: Release, world: World): Promise<Release> {
  let current = release;
  for (const deploy of release.deploys) {
    if (deploy.status === 'pending' || deploy.status === 'done' || deploy.previousLabel !== undefined) continue;
    const history = await world.store.runningVersions(release.app, deploy.environment, 5);
    const before = history.find((entry) => entry.standing !== 'bad' && entry.label !== deploy.label);
    if (before) current = { ...current, deploys: current.deploys.map((one) => (one === deploy ? { ...one, previousLabel: before.label } : one)) };
  }
  return current;
}

/**
 * Of what nobody typed: while people are asked, what ships is what runs by now does not have. Where something else came
 * to run (a rollback brings commits back in), it is read anew. A look in vain is a look later, but for a decision.
 */
export async function withWhatRuns(release: Release, seen: ObservedEnvironment | undefined, app: App, { world, log }: Pick<Run, 'world' | 'log'>): Promise<Release> {
  const live = release.approvals.filter(({ state }) => state === 'open' || state === 'decided');
  if (live.length === 0 || !authorsMatter(release) || (ownDeploy(release)?.status ?? 'pending') !== 'pending') return release;
  try {
    return await withPrevious(release, seen ?? (await observed(release, app, world)), app, world);
  } catch (fault) {
    if (!(fault instanceof Fault) || live.some(({ state, verdict, brokenGlass }) => state === 'decided' && verdict === 'approved' && !brokenGlass)) throw fault;
    log.warn({ err: fault, release: release.number }, 'what runs by now could not be looked up');
    return release;
  }
}

async function observed({ environment }: Release, app: App, { aws }: World): Promise<ObservedEnvironment | undefined> {
  const found = environmentOf(app, environment);
  return found && aws.observeEnvironment(app, found.beanstalkEnvironment);
}

async function withPrevious(release: Release, seen: ObservedEnvironment | undefined, app: App, { aws }: World): Promise<Release> {
  const label = seen?.status === 'Ready' ? seen.label : undefined;
  if (label === undefined || label === release.previous?.label) return release;
  const previous: Revision = { ...(await aws.revisionOfLabel(app, label)), label };
  const { commits, ...rest } = release;
  if (previous.id !== undefined && previous.id !== release.previous?.id) return { ...rest, previous };
  return { ...release, previous, ...(commits && previous.id === undefined && { commits: { ...commits, truncated: true } }) };
}

/** What came to run by deploys that were judged in this step. A repeat records the same. */
export async function recordWhatRuns(before: Release, after: Release, store: Store): Promise<void> {
  for (const deploy of after.deploys) {
    const was = before.deploys.find((one) => one.environment === deploy.environment);
    if (deploy.status === 'done' && was?.status !== 'done') await recordDeploy(after, deploy, store);
  }
}

async function recordDeploy(release: Release, deploy: Deploy, store: Store): Promise<void> {
  const { label, verdict } = deploy;
  if (label === undefined || !verdict) return;
  const since = deploy.operationEndedAt ?? deploy.endedAt ?? release.statusAt;
  const standing = standingOf(verdict);
  await store.recordRunning({ app: release.app, environment: deploy.environment, label, revision: { ...release.revision, label }, since, standing, releaseNumber: release.number });
  if (release.purpose === 'rollback' && standing !== 'bad') await discredit(release, label, since, store);
}

/** What was replaced had been deployed well; what was rolled back while it was being checked is nothing to go back to. */
function standingOf({ outcome, replaced }: Verdict): RunningVersion['standing'] {
  if (outcome === 'live') return 'verified';
  if (replaced?.rolledBack) return 'bad';
  return outcome === 'live-not-verified' ? 'deployed' : 'bad';
}

/** What was rolled back from is no target any more: the next rollback must not bring it back. */
async function discredit(release: Release, label: string, since: number, store: Store): Promise<void> {
  const undone = (await store.runningVersions(release.app, release.environment, 20)).find((entry) => entry.since < since && entry.label !== label);
  if (undone && undone.label === release.previous?.label) await store.recordRunning({ ...undone, standing: 'bad' });
}
