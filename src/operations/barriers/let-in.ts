import type { AuditFact } from '../../domain/audit.ts';
import { freezesOf, isInForce, lockOf, withBarrier, withBarrierNote, type Barrier, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import { no, yes, type Answer, type Refusal } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { cancelRelease } from '../cancel-release.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';
import { barrierById, type FoundBarrier } from './find-barrier.ts';

/** A click under the question whether what waits may flow in. */
export interface LetInWish {
  /** The ended barrier in whose thread the question stands. */
  readonly barrier: string;
  readonly user: string;
  /** The message with the question: another one may have been put since. */
  readonly message?: { readonly channel: string; readonly ts: string };
}

/** What waited in front when the barrier ended flows in: exactly the executions that were asked about. */
export async function letIn(wish: LetInWish, world: World): Promise<Answer<readonly string[]>> {
  const found = await mayAnswer(wish, world);
  if ('refusal' in found) return no(found.refusal);
  return changeBarriers(found, (barriers) => agreed(barriers, found, wish, world.clock.now()), world);
}

export interface Stopped {
  /** Numbers of the releases that were asked to stop. */
  readonly numbers: readonly number[];
  /** Executions of which Jack has no release yet, and which it cannot stop. */
  readonly unknown: readonly string[];
}

/** What waits in front is cancelled instead; nothing flows in. */
export async function stopWaiting(wish: LetInWish, world: World): Promise<Answer<Stopped>> {
  const found = await mayAnswer(wish, world);
  if ('refusal' in found) return no(found.refusal);
  const asked = askedAbout(found.barriers, found, { user: wish.user, now: world.clock.now() });
  if ('refusal' in asked) return no(asked.refusal);
  const numbers: number[] = [];
  const unknown: string[] = [];
  for (const { pipeline, executionId } of asked.waiting) {
    const releases = await world.store.releaseByExecution(pipeline, executionId);
    if (releases.length === 0) unknown.push(executionId);
    for (const { id, number } of releases) {
      const answer = await cancelRelease(id, wish.user, world);
      if (answer.ok || answer.refusal.kind === 'already-cancelling') numbers.push(number);
      else if (answer.refusal.kind !== 'release-over') return answer;
    }
  }
  return yes({ numbers, unknown });
}

type Allowed = FoundBarrier & {
  readonly rule: string;
  /** Executions that the clicked question named. Absent: it cannot be told, and what was asked last is meant. */
  readonly named?: readonly string[];
};

/** Its holder, whoever ended it, or an owner. */
async function mayAnswer({ barrier: id, user, message }: LetInWish, world: World): Promise<Allowed | { readonly refusal: Refusal }> {
  const found = await barrierById(id, world);
  if (!found) return { refusal: { kind: 'stale-button' } };
  const { app, environment, barrier } = found;
  const role = await roleOf(user, app, world, true);
  const own = role !== 'viewer' && barrier.by === user ? 'holder' : role !== 'viewer' && barrier.ended?.by === user ? 'ended-it' : undefined;
  const rule = own ?? (role === 'owner' ? 'role:owner' : undefined);
  if (rule === undefined) return { refusal: { kind: 'not-yours', app: app.name, environment: environment.name, lock: barrier, owners: app.people.owners, ...(!isInForce(barrier, world.clock.now()) && { over: true }) } };
  const key = message && (await world.store.messageAt(message.channel, message.ts))?.key;
  const asked = barrier.notes.find((note) => note.key === key)?.what;
  return { ...found, rule, ...(asked?.kind === 'may-flow-in' && { named: asked.waiting.map(({ executionId }) => executionId) }) };
}

interface Asked {
  readonly holds: readonly BarrierHold[];
  readonly waiting: readonly { readonly pipeline: string; readonly executionId: string }[];
}

function askedAbout(barriers: Barriers, { named }: Allowed, { user, now }: { readonly user: string; readonly now: number }): Asked | { readonly refusal: Refusal } {
  const lock = lockOf(barriers, now);
  if (lock) return { refusal: { kind: 'already-locked', app: barriers.app, environment: barriers.environment, lock, mine: lock.by === user } };
  const holds = barriers.holds.filter(({ asked = [] }) => asked.length > 0 && (named === undefined || asked.every((id) => named.includes(id))));
  const waiting = holds.flatMap(({ pipeline, asked = [] }) => asked.map((executionId) => ({ pipeline, executionId })));
  return waiting.length === 0 || freezesOf(barriers, now).length > 0 ? { refusal: { kind: 'stale-button' } } : { holds, waiting };
}

function agreed(barriers: Barriers, allowed: Allowed, wish: LetInWish, at: number): Change<readonly string[]> {
  const { app, environment, barrier, rule } = allowed;
  const asked = askedAbout(barriers, allowed, { user: wish.user, now: at });
  if ('refusal' in asked) return asked;
  const executionIds = asked.waiting.map(({ executionId }) => executionId);
  if (asked.holds.every((hold) => JSON.stringify(hold.agreed) === JSON.stringify(hold.asked))) return { asItIs: executionIds };
  const holds = barriers.holds.map((hold) => (asked.holds.includes(hold) && hold.asked ? { ...hold, agreed: hold.asked } : hold));
  const now = barriers.all.find((one) => one.id === barrier.id) ?? barrier;
  const noted: Barrier = withBarrierNote(now, `let-in:${at}`, at, { kind: 'let-in', by: wish.user, executionIds });
  const fact: AuditFact = { at, who: wish.user, what: 'lock.let-in', on: { app: app.name, environment: environment.name, barrier: barrier.id }, outcome: 'done', rule, detail: executionIds.join(' ').slice(0, 1000) };
  return { barriers: withBarrier({ ...barriers, holds }, noted), audit: [fact], value: executionIds };
}
