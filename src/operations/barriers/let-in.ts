import type { AuditFact } from '../../domain/audit.ts';
import { freezesOf, isInForce, lastOver, lockOf, withBarrier, withBarrierNote, type Barrier, type BarrierHold, type Barriers, type StoppedAtBarrier } from '../../domain/barriers/barriers.ts';
import { flowId, heldAtGate } from '../../domain/barriers/held-at-gate.ts';
import { no, yes, type Answer, type Refusal } from '../../domain/refusal.ts';
import type { Release } from '../../domain/release.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';
import { barrierById, type FoundBarrier } from './find-barrier.ts';
import { stopReleases } from './stop-releases.ts';

/** A click under the question whether what waits may flow in. */
export interface LetInWish {
  /** The ended barrier in whose thread the question stands. */
  readonly barrier: string;
  readonly user: string;
  /** The message with the question: another one may have been put since. */
  readonly message?: { readonly channel: string; readonly ts: string };
}

/** What waited when the barrier ended goes on: exactly what was asked about, in front of a transition or held by Jack itself. */
export async function letIn(wish: LetInWish, world: World): Promise<Answer<readonly string[]>> {
  const found = await mayAnswer(wish, world);
  if ('refusal' in found) return no(found.refusal);
  const answer = await changeBarriers(found, (barriers) => agreed(barriers, found, wish, world.clock.now()), world);
  if (answer.ok) await wake(answer.value, found, world);
  return answer;
}

/** What Jack itself holds need not wait for its usual pace. */
async function wake(ids: readonly string[], found: FoundBarrier, world: World): Promise<void> {
  for (const id of ids) for (const release of await ownReleases(id, found, world)) await world.store.nudge(`release:${release.id}`, world.clock.now());
}

async function ownReleases(id: string, { app, environment }: FoundBarrier, world: World): Promise<readonly Release[]> {
  return heldAtGate(await world.store.openReleases(app.name), environment.name).filter((release) => flowId(release) === id);
}

export interface Stopped {
  /** Numbers of the releases that were asked to stop. */
  readonly numbers: readonly number[];
  /** Executions of which Jack has no release yet, and which it cannot stop. */
  readonly unknown: readonly string[];
}

/** What waits is cancelled instead; nothing flows in. */
export async function stopWaiting(wish: LetInWish, world: World): Promise<Answer<Stopped>> {
  const found = await mayAnswer(wish, world);
  if ('refusal' in found) return no(found.refusal);
  const asked = askedAbout(found.barriers, found, { user: wish.user, now: world.clock.now() });
  if ('refusal' in asked) return (await stoppedBefore(found, wish.user, world)) ?? no(asked.refusal);
  const releases: Release[] = [];
  const unknown: string[] = [];
  for (const { pipeline, executionId } of asked.waiting) {
    const known = pipeline === undefined ? await ownReleases(executionId, found, world) : await world.store.releaseByExecution(pipeline, executionId);
    if (known.length === 0 && pipeline !== undefined) unknown.push(executionId);
    releases.push(...known);
  }
  const stopped = await stopReleases(releases, wish.user, world);
  if ('refusal' in stopped) return no(stopped.refusal);
  const noted = await changeBarriers(found, (barriers) => withStopped(barriers, found.barrier, { by: wish.user, releases: stopped.own, at: world.clock.now() }), world);
  return noted.ok ? yes({ numbers: stopped.numbers, unknown }) : noted;
}

/** The same person's word on the same question: a repeat is told what is still being stopped. */
async function stoppedBefore({ app, barrier, named }: Allowed, user: string, world: World): Promise<Answer<Stopped> | undefined> {
  const own = barrier.notes.flatMap(({ what }) => (what.kind === 'stopped' && what.by === user ? what.releases : []));
  if (named === undefined || !named.every((id) => own.some(({ executionId }) => executionId === id))) return undefined;
  const open = await world.store.openReleases(app.name);
  const going = open.filter(({ number, cancel }) => own.some((one) => one.number === number) && cancel !== undefined && cancel.refused === undefined);
  return yes({ numbers: going.map(({ number }) => number), unknown: [] });
}

/** Told in its thread, once: a click may come twice. */
function withStopped(barriers: Barriers, barrier: Barrier, { at, ...stopped }: { readonly by: string; readonly releases: readonly StoppedAtBarrier[]; readonly at: number }): Change<undefined> {
  const now = barriers.all.find(({ id }) => id === barrier.id) ?? barrier;
  const told = now.notes.flatMap(({ what }) => (what.kind === 'stopped' ? what.releases.map(({ number }) => number) : []));
  const releases = stopped.releases.filter(({ number }) => !told.includes(number));
  if (releases.length === 0) return { asItIs: undefined };
  return { barriers: withBarrier(barriers, withBarrierNote(now, `stopped:${at}`, at, { kind: 'stopped', by: stopped.by, releases })), audit: [], value: undefined };
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
  return { ...found, rule, ...((asked?.kind === 'may-flow-in' || asked?.kind === 'may-go-on') && { named: asked.waiting.map(({ executionId }) => executionId) }) };
}

interface Asked {
  readonly holds: readonly BarrierHold[];
  /** Releases that Jack itself holds are among them. */
  readonly kept: boolean;
  /** `pipeline` absent: Jack itself holds it. */
  readonly waiting: readonly { readonly pipeline?: string; readonly executionId: string }[];
}

function askedAbout(barriers: Barriers, { named, barrier }: Allowed, { user, now }: { readonly user: string; readonly now: number }): Asked | { readonly refusal: Refusal } {
  const lock = lockOf(barriers, now);
  if (lock && lock.id !== barriers.kept?.despite) return { refusal: { kind: 'already-locked', app: barriers.app, environment: barriers.environment, lock, mine: lock.by === user } };
  if (lastOver(barriers.all.filter((one) => !isInForce(one, now)))?.id !== barrier.id) return { refusal: { kind: 'stale-button' } };
  const holds = barriers.holds.filter(({ asked = [] }) => asked.length > 0 && (named === undefined || asked.every((id) => named.includes(id))));
  const kept = barriers.kept?.asked ?? [];
  const areKept = kept.length > 0 && (named === undefined || kept.every((id) => named.includes(id)));
  const waiting = [...holds.flatMap(({ pipeline, asked = [] }) => asked.map((executionId) => ({ pipeline, executionId }))), ...(areKept ? kept.map((executionId) => ({ executionId })) : [])];
  return waiting.length === 0 || freezesOf(barriers, now).length > 0 ? { refusal: { kind: 'stale-button' } } : { holds, kept: areKept, waiting };
}

/** The same person's word on the same question: a repeat is told what the first run did. */
function lettingOf({ barrier, named }: Allowed, { all }: Barriers, user: string): readonly string[] | undefined {
  const notes = all.find(({ id }) => id === barrier.id)?.notes ?? [];
  const said = notes.map(({ what }) => what).findLast((what) => what.kind === 'let-in' && what.by === user && named?.every((id) => what.executionIds.includes(id)) === true);
  return said?.kind === 'let-in' ? said.executionIds : undefined;
}

function agreed(barriers: Barriers, allowed: Allowed, wish: LetInWish, at: number): Change<readonly string[]> {
  const { app, environment, barrier, rule } = allowed;
  const asked = askedAbout(barriers, allowed, { user: wish.user, now: at });
  const before = lettingOf(allowed, barriers, wish.user);
  if ('refusal' in asked) return before ? { asItIs: before } : asked;
  const executionIds = asked.waiting.map(({ executionId }) => executionId);
  if (!asked.kept && asked.holds.every((hold) => JSON.stringify(hold.agreed) === JSON.stringify(hold.asked))) return { asItIs: executionIds };
  const holds = barriers.holds.map((hold) => (asked.holds.includes(hold) && hold.asked ? { ...hold, agreed: hold.asked } : hold));
  const { kept: _answered, ...rest } = barriers;
  const now = barriers.all.find((one) => one.id === barrier.id) ?? barrier;
  const noted: Barrier = withBarrierNote(now, `let-in:${at}`, at, { kind: 'let-in', by: wish.user, executionIds });
  const fact: AuditFact = { at, who: wish.user, what: 'lock.let-in', on: { app: app.name, environment: environment.name, barrier: barrier.id }, outcome: 'done', rule, detail: executionIds.join(' ') };
  return { barriers: withBarrier({ ...(asked.kept ? rest : barriers), holds }, noted), audit: [fact], value: executionIds };
}
