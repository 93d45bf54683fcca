import type { App, Environment } from '../../domain/app.ts';
import type { AuditFact } from '../../domain/audit.ts';
import { freezesOf, lockOf, withBarrier, withBarrierNote, type Barrier, type Barriers, type StoppedAtBarrier } from '../../domain/barriers/barriers.ts';
import { Fault } from '../../domain/faults.ts';
import { no, yes, type Answer } from '../../domain/refusal.ts';
import type { Release } from '../../domain/release.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';
import { stopReleases } from './stop-releases.ts';
import { lookAtHeld, lookInFront, type InFront, type WaitingExecution } from './waiting-before.ts';

export interface UnlockWish {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  /** When they said it: a repeat after a crash is told what the first run did. */
  readonly at: number;
  /** The lock that they were shown; another one is not unlocked in its place. Absent: whichever is in force. */
  readonly barrier?: string;
  /** Executions that they were shown, and what they said of them. */
  readonly shown?: { readonly executionIds: readonly string[]; readonly becomes: 'let-in' | 'stop' };
}

export type Unlocked =
  | { readonly kind: 'unlocked'; readonly lock: Barrier; readonly foreign: InFront['foreign']; readonly agreed: readonly WaitingExecution[]; readonly stopped: readonly WaitingExecution[]; /** AWS could not be read: what waits is asked about later. */ readonly blind: boolean; /** A freeze goes on, and keeps it closed. */ readonly freeze?: Barrier }
  /** Nothing was done: Jack has no release of these, and cannot stop them. */
  | { readonly kind: 'cannot-stop'; readonly executionIds: readonly string[] }
  /** Nothing was done: these wait in front, and the caller has to say what becomes of them. */
  | { readonly kind: 'asks'; readonly lock: Barrier; readonly waiting: readonly WaitingExecution[] };

/** Ends the lock, for its holder or an owner. Where executions wait, only with a word on exactly those. */
export async function releaseLock(wish: UnlockWish, world: World): Promise<Answer<Unlocked>> {
  const { app, environment, user } = wish;
  const role = await roleOf(user, app, world, true);
  const barriers = await world.store.barriers(app.name, environment.name);
  const checked = mayUnlock(barriers, wish, role, world.clock.now());
  if ('refusal' in checked) return no(checked.refusal);
  if ('asItIs' in checked) return yes(checked.asItIs);
  const freeze = freezesOf(barriers, world.clock.now())[0];
  const front = await lookOrNot(wish, world);
  const waiting = freeze ? [] : front.waiting;
  const { shown } = wish;
  const fits = waiting.every(({ executionId }) => shown?.executionIds.includes(executionId));
  if (!fits) return yes({ kind: 'asks', lock: checked.lock, waiting });
  const stopped = shown?.becomes === 'stop' ? waiting : [];
  const unknown = stopped.filter(({ release }) => release === undefined).map(({ executionId }) => executionId);
  if (unknown.length > 0) return yes({ kind: 'cannot-stop', executionIds: unknown });
  const told = await stopReleases(await releasesOf(stopped, world), user, world);
  if ('refusal' in told) return no(told.refusal);
  const agreed = shown?.becomes === 'let-in' ? waiting : [];
  const result = { foreign: front.foreign, agreed, stopped, blind: front.blind, ...(freeze && { freeze }) };
  const answer = await changeBarriers(wish, (current) => unlocked(current, wish, { role, at: world.clock.now(), result, told: told.own }), world);
  if (answer.ok) await wake(agreed, world);
  return answer;
}

/** What Jack itself held need not wait for its usual pace. */
async function wake(agreed: readonly WaitingExecution[], { store, clock }: World): Promise<void> {
  for (const { release } of agreed) if (release) await store.nudge(`release:${release.id}`, clock.now());
}

type Refused = { readonly refusal: Parameters<typeof no>[0] };

/** Whether this person may end the lock that is in force; or that they have ended it already. */
function mayUnlock(barriers: Barriers, { app, environment, user, at, barrier }: UnlockWish, role: string, now: number): { readonly lock: Barrier; readonly rule: string } | { readonly asItIs: Unlocked } | Refused {
  const where = { app: app.name, environment: environment.name };
  const lock = lockOf(barriers, now);
  const ended = barriers.all.findLast((one) => one.kind === 'lock' && (barrier === undefined || one.id === barrier));
  const before = ended?.ended?.how === 'unlocked' && ended.ended.by === user && ended.ended.at >= at;
  if (before && ended) return { asItIs: { kind: 'unlocked', lock: ended, foreign: [], agreed: [], stopped: [], blind: false } };
  if (role === 'viewer') return { refusal: { kind: 'wrong-role', role, needs: 'contributor', owners: app.people.owners } };
  if (!lock || (barrier !== undefined && lock.id !== barrier && lock.by === user)) return { refusal: { kind: 'not-locked', ...where } };
  const rule = lock.by === user ? 'holder' : role === 'owner' ? 'role:owner' : undefined;
  if (rule === undefined || (barrier !== undefined && lock.id !== barrier)) return { refusal: { kind: 'not-yours', ...where, lock, owners: app.people.owners } };
  return { lock, rule };
}

async function lookOrNot({ app, environment }: UnlockWish, world: World): Promise<InFront & { readonly blind: boolean }> {
  const held = await lookAtHeld(app, environment, world);
  try {
    const front = await lookInFront(app, environment, world);
    const others = held.filter(({ executionId }) => !front.waiting.some((one) => one.executionId === executionId));
    return { ...front, waiting: [...front.waiting, ...others], blind: false };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { waiting: held, foreign: [], blind: true };
  }
}

async function releasesOf(waiting: readonly WaitingExecution[], { store }: World): Promise<readonly Release[]> {
  const found = await Promise.all(waiting.flatMap(({ release }) => (release ? [store.release(release.id)] : [])));
  return found.filter((release) => release !== undefined);
}

interface Deed {
  readonly role: string;
  readonly at: number;
  readonly result: Omit<Extract<Unlocked, { kind: 'unlocked' }>, 'kind' | 'lock'>;
  /** What the thread says was stopped. */
  readonly told: readonly StoppedAtBarrier[];
}

function unlocked(barriers: Barriers, wish: UnlockWish, { role, at, result, told }: Deed): Change<Unlocked> {
  const checked = mayUnlock(barriers, wish, role, at);
  if (!('lock' in checked)) return checked;
  const agreed = result.agreed.map(({ executionId }) => executionId);
  const ended: Barrier = { ...checked.lock, ended: { at, how: 'unlocked', by: wish.user, agreed } };
  const numbers = result.agreed.flatMap(({ release }) => release?.number ?? []);
  const letting = { kind: 'let-in' as const, by: wish.user, executionIds: agreed, ...(numbers.length === agreed.length && { numbers }) };
  const stopped = told.length === 0 ? ended : withBarrierNote(ended, `stopped:${at}`, at, { kind: 'stopped', by: wish.user, releases: told });
  const lock = agreed.length === 0 ? stopped : withBarrierNote(stopped, `let-in:${at}`, at, letting);
  const on = { app: wish.app.name, environment: wish.environment.name, barrier: lock.id };
  const fact: AuditFact = { at, who: wish.user, what: 'lock.release', on, outcome: 'done', rule: checked.rule };
  const letIn: readonly AuditFact[] = agreed.length === 0 ? [] : [{ ...fact, what: 'lock.let-in', detail: agreed.join(' ') }];
  return { barriers: withBarrier(barriers, lock), audit: [fact, ...letIn], value: { kind: 'unlocked', lock, ...result } };
}
