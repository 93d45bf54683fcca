import { letInBy, type App, type Environment } from './app.ts';
import type { ApprovalRequest } from './approvals/approval.ts';
import { barrierIn } from './barriers/barriers.ts';
import type { Time } from './observation.ts';
import { isOver, ownDeploy, withNote, type Release } from './release.ts';

/**
 * Whether the release works on the environment now: from its last gate there until its truth check ends. Waiting at
 * an approval or in the queue occupies nothing.
 */
export function occupies(release: Release, environment: string): boolean {
  if (isOver(release)) return false;
  const deploy = release.deploys.find((one) => one.environment === environment);
  if (deploy && (deploy.status === 'running' || deploy.status === 'verifying')) return true;
  return isEntering(release, environment, deploy?.status === 'pending');
}

/**
 * It has decided to go in: the effect that lets it in is written down or has been taken, and nothing has been seen yet.
 * What a lock or a freeze of Jack's holds at a transition after that is outside.
 */
function isEntering(release: Release, environment: string, isPending: boolean): boolean {
  const effect = release.intent?.effect;
  if (effect?.kind === 'update-environment' || (effect?.kind === 'answer-approval' && effect.approved)) return entranceOf(release) === environment;
  return isPending && isLetInBy('confirmed', release, environment) && !isOutside(release);
}

/** It was let in, by Jack's answer or in AWS itself, and its deploy has not been seen yet. */
function isComing(release: Release, environment: string): boolean {
  const isPending = release.deploys.some((one) => one.environment === environment && one.status === 'pending');
  return !isOver(release) && isPending && (isLetInBy('confirmed', release, environment) || isLetInBy('overtaken', release, environment));
}

function isLetInBy(state: ApprovalRequest['state'], { approvals }: Release, environment: string): boolean {
  const last = approvals.at(-1);
  return last?.state === state && last.verdict === 'approved' && last.approvalAction !== undefined && last.environment === environment;
}

function isOutside({ status, waiting }: Release): boolean {
  return status === 'waiting' && waiting?.for === 'transition' && !waiting.foreign && barrierIn(waiting.reason) !== undefined;
}

type Entering = Pick<Release, 'environment'> & Partial<Pick<Release, 'approvals' | 'intent'>>;

/**
 * The environment at whose door the release stands: what lets it in next is about that one. A pipeline also asks in
 * front of environments on the way; where none of its questions is to be answered, the release's own.
 */
export function entranceOf(release: Entering): string {
  return answeredNext(release)?.environment ?? release.environment;
}

/** The pipeline's question that is to be answered, or being answered; undefined: none is. */
function answeredNext({ approvals = [], intent }: Entering): ApprovalRequest | undefined {
  const effect = intent?.effect;
  const asked = approvals.filter(({ approvalAction }) => approvalAction !== undefined);
  return effect?.kind === 'answer-approval' ? asked.find(({ id }) => id === effect.approvalId) : asked.find(({ state }) => state === 'decided');
}

/** The other environments that the yes which is to be given lets the release into, in order: nobody is asked in front of those any more. */
export function alsoLetInto(release: Entering, app: App): readonly Environment[] {
  const where = answeredNext(release)?.approvalAction;
  const pipeline = where && app.pipelines.find(({ name }) => name === where.pipeline);
  return where && pipeline ? letInBy(app, pipeline, where).filter(({ name }) => name !== entranceOf(release)) : [];
}

/** Whether the release has passed its approval and waits for its turn. */
export function queues(release: Release, environment: string): boolean {
  if (isOver(release) || entranceOf(release) !== environment || release.status !== 'waiting') return false;
  return release.waiting?.for === 'queue' || release.waiting?.for === 'environment';
}

/** How long something may keep Jack from going on with a queued release before the others pass it. */
const DEAD_AFTER_MS = 2 * 60_000;

/**
 * Releases that this one has to let pass first: those inside or let in, and those that queued earlier and can go on.
 * Oldest first. What a lock or a freeze holds at a transition is passed by its holder while it is in force (`isShut`):
 * Jack keeps the transition closed behind them. One in the queue that is being cancelled, or that has been in trouble for minutes, holds up nobody; it looks
 * anew who is inside before it goes in itself.
 */
export function aheadOf(release: Pick<Release, 'id' | 'app' | 'number'> & Entering, open: readonly Release[], now: Time, isShut = false): readonly Release[] {
  const environment = entranceOf(release);
  return open
    .filter((other) => other.id !== release.id && other.app === release.app)
    .filter((other) => occupies(other, environment) || (isComing(other, environment) && !(isShut && isOutside(other))) || (queues(other, environment) && other.number < release.number && !isDeadHead(other, now)))
    .sort((a, b) => a.number - b.number);
}

function isDeadHead({ cancel, trouble }: Release, now: Time): boolean {
  return (cancel !== undefined && !cancel.refused) || (trouble !== undefined && now > trouble.since + DEAD_AFTER_MS);
}

/** Who waits for this moment is told, once: the release does not wait in the queue any more. */
export function withTurnTold(release: Release, now: Time): Release {
  const { turnWatchers: users, ...rest } = release;
  if (!users || users.length === 0 || isQueued(release)) return release;
  if (isOver(release) || release.cancel) return rest;
  const told = release.notes.filter((note) => note.what.kind === 'your-turn').length;
  const entered = release.approvals.findLast(({ approvalAction, state }) => approvalAction !== undefined && state !== 'open')?.environment;
  return withNote(rest, `your-turn:${told + 1}`, now, { kind: 'your-turn', users, ...(entered !== undefined && entered !== release.environment && { environment: entered }) });
}

/** It waits for others to come out. */
export function isQueued({ status, waiting }: Pick<Release, 'status' | 'waiting'>): boolean {
  return status === 'waiting' && waiting?.for === 'queue';
}

const STOPPABLE: ReadonlySet<string> = new Set(['InProgress', 'Stopping']);

/** Whether nothing of it runs in AWS any more, and Jack only looks whether the deployment of its own environment is true: there is nothing to stop. */
export function isOnlyChecked(release: Release): boolean {
  if (isOver(release) || ownDeploy(release)?.status !== 'verifying') return false;
  if (release.deploys.some((deploy) => deploy.status === 'running')) return false;
  return release.route.kind === 'version' || !goesOn(release);
}

/** Whether the execution has something to do still: other actions of the stage, or later stages. */
function goesOn({ executionStatus, stages }: Release): boolean {
  if (executionStatus !== undefined && !STOPPABLE.has(executionStatus)) return false;
  return stages.some((stage) => stage.status !== 'Skipped' && stage.actions.some((action) => action.status === undefined || action.status === 'InProgress'));
}
