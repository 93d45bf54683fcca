import { isInForce, type Barrier, type BarrierEnd, type Barriers } from '../../../src/domain/barriers/barriers.ts';
import type { Principal } from '../../../src/domain/app.ts';
import type { FakeExecution } from './fake-account.ts';
import { until, type FakeWorld } from './fake-world.ts';
import { transcript } from './transcript.ts';

/** The way into the stage that deploys to prod. */
export const PROD_DOOR = 'shop-pipeline/Prod';

export function barriersOf(world: FakeWorld, environment = 'prod'): Promise<Barriers> {
  return world.store.barriers('shop', environment);
}

export function aLock(world: FakeWorld, by: Principal, reason: string, changes: Partial<Barrier> = {}): Barrier {
  const since = world.account.now;
  return { id: world.ids.next(), kind: 'lock', by, since, until: since + 2 * 3_600_000, reason, watchers: [], notes: [], ...changes };
}

/** Saved as an operation saves it: the reconciler hears of it. */
export async function locks(world: FakeWorld, by: Principal, reason: string, changes: Partial<Barrier> = {}): Promise<Barrier> {
  const lock = aLock(world, by, reason, changes);
  const before = await barriersOf(world);
  await world.store.saveBarriers({ ...before, all: [...before.all, lock] });
  return lock;
}

/** Ends every barrier of this kind that is in force, or the one of this id. */
export async function unlocks(world: FakeWorld, which: string, by: Principal, agreed?: readonly string[], how: BarrierEnd['how'] = 'unlocked'): Promise<void> {
  const before = await barriersOf(world);
  const ended: BarrierEnd = { at: world.account.now, how, by, ...(agreed && { agreed }) };
  const all = before.all.map((one) => ((one.id === which || one.kind === which) && isInForce(one, world.account.now) ? { ...one, ended } : one));
  await world.store.saveBarriers({ ...before, all });
}

/** Yes to all that was asked about. */
export async function lets(world: FakeWorld, barrierId: string, by: Principal): Promise<void> {
  const before = await barriersOf(world);
  const asked = askedAbout(before);
  if (asked.length === 0) return;
  const holds = before.holds.map((hold) => (hold.asked ? { ...hold, agreed: hold.asked } : hold));
  const at = world.account.now;
  const all = before.all.map((one) => (one.id === barrierId ? { ...one, notes: [...one.notes, { key: `let-in:${at}`, at, what: { kind: 'let-in' as const, by, executionIds: asked } }] } : one));
  const { kept: _answered, ...rest } = before;
  await world.store.saveBarriers({ ...rest, holds, all });
}

/** Executions and releases that somebody is asked about. */
export function askedAbout({ holds, kept }: Barriers): readonly string[] {
  return [...holds.flatMap((hold) => hold.asked ?? []), ...(kept?.asked ?? [])];
}

export function ending({ all }: Barriers, id: string): BarrierEnd | undefined {
  return all.find((one) => one.id === id)?.ended;
}

export function pushes(world: FakeWorld): FakeExecution {
  const [pipeline] = world.app.pipelines;
  if (!pipeline) throw new Error('the app has no pipeline');
  world.account.head = { id: String(world.account.executions.length % 10).repeat(39) + 'f', summary: 'A push', sourceAction: 'Source' };
  return world.account.start(pipeline, { type: 'CloudWatchEvent' });
}

/** Somebody enables the transition in the console. */
export function opens(world: FakeWorld, by: string): void {
  world.account.open(PROD_DOOR, by);
}

/** The thread of a lock or a freeze as it reads now. */
export function threadOf(world: FakeWorld, id: string): readonly string[] {
  const messages = world.slack.messages.filter(({ identity }) => identity.owner === id);
  return transcript({ ...world, slack: { ...world.slack, messages } });
}

export function isClosed(world: FakeWorld): boolean {
  return world.account.disabled.has(PROD_DOOR);
}

/** A push, until it stands in front of prod. */
export async function waitsInFront(world: FakeWorld): Promise<string> {
  const execution = pushes(world);
  await until(world, () => execution.stages[execution.at]?.name === 'Prod' && !execution.inside);
  return execution.id;
}

export function wentIn(world: FakeWorld): readonly string[] {
  return world.account.entered.filter(({ door }) => door === PROD_DOOR).map(({ executionId }) => executionId);
}
