import type { App, Environment } from '../../domain/app.ts';
import type { AuditedDeed, AuditFact } from '../../domain/audit.ts';
import { isInForce, lockOf, withBarrier, withBarrierNote, type Barrier, type BarrierEnd, type Barriers } from '../../domain/barriers/barriers.ts';
import { occurrencesAt } from '../../domain/barriers/calendar.ts';
import { flowId, isBarred, unanswered } from '../../domain/barriers/held-at-gate.ts';
import type { Occurrence } from '../../domain/barriers/planned-freeze.ts';
import type { Time } from '../../domain/observation.ts';
import { isOver, ownDeploy, type Release } from '../../domain/release.ts';
import { briefly } from '../../domain/revision.ts';
import { lastEnded, noted, type BarrierPlan } from './barrier-plan.ts';

/** What the clock and the configuration say, whether or not AWS can be read. */
export interface TimeFacts {
  readonly app: App;
  readonly environment: Environment;
  readonly now: Time;
  /** Rollbacks that are over, and that took or lengthened a lock which is still in force. */
  readonly rollbacks: readonly Release[];
  /** Releases that Jack itself holds for a lock or a freeze of the environment. */
  readonly held: readonly Release[];
  readonly nagMs: number;
  readonly newId: () => string;
}

/** Windows begin, barriers end by their time, holders are reminded, and whoever ended the last one is asked about what Jack itself holds. Pure. */
export function planTime(barriers: Barriers, facts: TimeFacts): BarrierPlan {
  const frozen = withWindows({ barriers, audit: [] }, facts);
  const lasting = frozen.barriers.all.reduce((plan, barrier) => withTimeOfRollback(plan, barrier, facts), frozen);
  const ended = lasting.barriers.all.reduce((plan, barrier) => withEnd(plan, barrier, facts), lasting);
  const told = ended.barriers.all.reduce((all, barrier) => withReminder(all, barrier, facts), ended.barriers);
  const asked = withQuestion(told, facts);
  return { barriers: { ...asked, thawed: asked.thawed.filter((one) => one.until > facts.now) }, audit: ended.audit };
}

function withWindows(plan: BarrierPlan, facts: TimeFacts): BarrierPlan {
  return occurrencesOf(facts).reduce((so, occurrence) => withWindow(so, occurrence, facts), plan);
}

/** None without windows: an app that has none asks no calendar. */
function occurrencesOf({ app, environment, now }: TimeFacts): readonly Occurrence[] {
  return app.freezes === undefined || app.freezes.length === 0 ? [] : occurrencesAt(app.freezes, environment.name, now);
}

function withWindow(plan: BarrierPlan, occurrence: Occurrence, facts: TimeFacts): BarrierPlan {
  const { barriers } = plan;
  if (barriers.thawed.some((one) => one.window === occurrence.window && one.from === occurrence.from)) return plan;
  const known = barriers.all.findLast((one) => isOf(one, occurrence));
  // It was over by a jack.yml of then, and is in force again by the one of now: a new one begins.
  if (known && known.ended?.how !== 'over') return known.ended || known.until === occurrence.until ? plan : { ...plan, barriers: withBarrier(barriers, { ...known, until: occurrence.until }) };
  const barrier: Barrier = { id: facts.newId(), kind: 'freeze', by: 'jack.yml', since: occurrence.from, until: occurrence.until, reason: occurrence.window, window: occurrence.window, watchers: [], notes: [] };
  return { ...plan, barriers: withBarrier(barriers, barrier), audit: [...plan.audit, fact('freeze.begin', barrier, facts)] };
}

function isOf(barrier: Barrier, occurrence: Occurrence): boolean {
  return barrier.kind === 'freeze' && barrier.window === occurrence.window && barrier.since === occurrence.from;
}

/** A lock of a moment ago lasts as long as a new one, but for seconds. */
const WORTH_TELLING_MS = 60_000;

/** What the holder's own rollback added to their lock is told, and given back where it changed nothing; not where they said another time since. */
function withTimeOfRollback(plan: BarrierPlan, { lengthened, ...barrier }: Barrier, facts: TimeFacts): BarrierPlan {
  if (!lengthened || barrier.ended) return plan;
  const { rollback, from, to } = lengthened;
  const isWorthTelling = to - from >= WORTH_TELLING_MS;
  const told = isWorthTelling ? withBarrierNote(barrier, `lengthened:${rollback}`, facts.now, { kind: 'lengthened', rollback, until: to }) : barrier;
  const release = facts.rollbacks.find(({ number }) => number === rollback);
  if (!release) return { ...plan, barriers: withBarrier(plan.barriers, { ...told, lengthened }) };
  if (barrier.until !== to || !changedNothing(release)) return { ...plan, barriers: withBarrier(plan.barriers, told) };
  const until = Math.max(from, facts.now);
  const before = isWorthTelling ? withBarrierNote({ ...told, until }, `as-before:${rollback}`, facts.now, { kind: 'as-before', rollback, until }) : { ...told, until };
  return { ...plan, barriers: withBarrier(plan.barriers, before), audit: [...plan.audit, { ...fact('lock.take', before, facts), rule: 'not-needed' }] };
}

function withEnd(plan: BarrierPlan, barrier: Barrier, facts: TimeFacts): BarrierPlan {
  if (barrier.ended) return { ...plan, barriers: noted(plan.barriers, barrier.id, 'ended', barrier.ended.at, { kind: 'ended' }) };
  const ended = endOf(barrier, facts);
  if (!ended) return plan;
  const over = withBarrierNote({ ...barrier, ended }, 'ended', ended.at, { kind: 'ended' });
  const deed: AuditedDeed = barrier.kind === 'freeze' ? 'freeze.end' : ended.how === 'expired' ? 'lock.expire' : 'lock.release';
  return { ...plan, barriers: withBarrier(plan.barriers, over), audit: [...plan.audit, fact(deed, over, facts)] };
}

/** What Jack itself holds is asked about once, when nothing is in force any more; when something else is held, anew. */
function withQuestion({ kept: _before, ...barriers }: Barriers, { held, now }: TimeFacts): Barriers {
  const waiting = held.filter((release) => !isBarred(release, barriers, now) && unanswered(release, barriers, now) !== undefined);
  const despite = lockOf(barriers, now)?.id;
  if (waiting.length === 0) return barriers;
  const asked = waiting.map(flowId);
  const key = `may-go-on:${asked.map((id) => id.slice(-8)).join(',')}`;
  const shown = waiting.map((release) => ({ executionId: flowId(release), number: release.number, what: briefly(release.revision), ...(release.requesters[0] && { by: release.requesters[0].user }) }));
  return noted({ ...barriers, kept: { asked, ...(despite !== undefined && { despite }) } }, lastEnded(barriers)?.id, key, now, { kind: 'may-go-on', waiting: shown });
}

function endOf(barrier: Barrier, facts: TimeFacts): BarrierEnd | undefined {
  if (facts.now >= barrier.until) return { at: barrier.until, how: barrier.kind === 'lock' ? 'expired' : 'over' };
  if (barrier.window !== undefined && !occurrencesOf(facts).some((occurrence) => isOf(barrier, occurrence))) return { at: facts.now, how: 'over' };
  return facts.rollbacks.some((release) => release.number === barrier.rollback && changedNothing(release)) ? { at: facts.now, how: 'not-needed' } : undefined;
}

/** Neither was the environment updated nor a deployment in flight aborted. */
function changedNothing(release: Release): boolean {
  const deploy = ownDeploy(release);
  return isOver(release) && deploy?.requestId === undefined && deploy?.startedAt === undefined && release.abortedFirst?.state !== 'done';
}

/** Only the newest reminder counts: those that a stopped Jack missed are not made up for. */
function withReminder(barriers: Barriers, { id, kind }: Barrier, { now, nagMs }: TimeFacts): Barriers {
  const barrier = barriers.all.find((one) => one.id === id);
  if (!barrier || kind !== 'lock' || !isInForce(barrier, now)) return barriers;
  const count = Math.floor((now - barrier.since) / nagMs);
  return count < 1 ? barriers : noted(barriers, id, `nag:${count}`, now, { kind: 'nag', count });
}

function fact(what: AuditedDeed, barrier: Barrier, { app, environment, now }: TimeFacts): AuditFact {
  return { at: now, who: 'jack', what, on: { app: app.name, environment: environment.name, barrier: barrier.id }, outcome: 'done', ...(barrier.ended && { rule: barrier.ended.how }), detail: barrier.reason };
}
