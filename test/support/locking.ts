import { barrierReason, lockOf, type Barrier, type Barriers } from '../../src/domain/barriers/barriers.ts';
import type { Answer } from '../../src/domain/refusal.ts';
import { freeze } from '../../src/operations/barriers/freeze.ts';
import { releaseLock, type UnlockWish } from '../../src/operations/barriers/release-lock.ts';
import { stealLock } from '../../src/operations/barriers/steal-lock.ts';
import { takeLock } from '../../src/operations/barriers/take-lock.ts';
import { thaw } from '../../src/operations/barriers/thaw.ts';
import type { Store } from '../../src/ports.ts';
import { ADA, anEnvironment, commit, MINUTE, OLIVE, T0 } from './world/builders.ts';
import type { FakeWorld } from './world/fake-world.ts';

export const HOUR = 60 * MINUTE;
const environment = anEnvironment('prod');
export const at = (world: FakeWorld) => ({ app: world.app, environment });

export const locks = (world: FakeWorld, user = ADA, more: { readonly reason?: string; readonly until?: number } = {}) => takeLock({ ...at(world), user, until: T0 + 2 * HOUR, reason: 'migration', ...more }, world);
export const unlocks = (world: FakeWorld, user = ADA, more: Partial<UnlockWish> = {}) => releaseLock({ ...at(world), user, at: T0, ...more }, world);
export const freezes = (world: FakeWorld, user = OLIVE, until = T0 + HOUR, reason = 'the sale') => freeze({ ...at(world), user, until, reason }, world);
export const thaws = (world: FakeWorld, user = OLIVE) => thaw({ ...at(world), user, at: T0 }, world);

export async function steals(world: FakeWorld, user = OLIVE, barrier?: string) {
  return stealLock({ ...at(world), user, barrier: barrier ?? (await held(world))?.id ?? 'none' }, world);
}

export const barriersOf = (world: FakeWorld): Promise<Barriers> => world.store.barriers('shop', 'prod');
export const held = async (world: FakeWorld): Promise<Barrier | undefined> => lockOf(await barriersOf(world), world.clock.now());
export const audited = async (world: FakeWorld) => (await world.store.auditLines({ limit: 100 })).map(({ what, who, rule }) => [what, who, rule].join(' '));
export const refusalOf = (answer: Answer<unknown>): string => (answer.ok ? 'none' : answer.refusal.kind);

export function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.refusal.kind}`);
  return answer.value;
}

/** An execution that waits in front of prod, which Jack holds for the lock that is in force. */
export async function somethingWaits(world: FakeWorld): Promise<string> {
  const lock = await held(world);
  if (!lock) throw new Error('nothing is locked');
  return waitsAt(world, barrierReason(lock, 'prod'));
}

export function waitsAt(world: FakeWorld, reason: string): string {
  const [pipeline] = world.app.pipelines;
  if (!pipeline) throw new Error('no pipeline');
  world.account.disabled.set('shop-pipeline/Prod', reason);
  const execution = world.account.start(pipeline, { type: 'CloudWatchEvent' }, commit('c'));
  Object.assign(execution, { at: 3, inside: false });
  for (const action of execution.stages[0]?.actions ?? []) action.status = 'Succeeded';
  return execution.id;
}

/** The first save after this comes too late: somebody else is faster. */
export function slower(world: FakeWorld, faster: () => Promise<unknown>): FakeWorld {
  let late = false;
  const saveBarriers: Store['saveBarriers'] = async (...given) => {
    if (!late) {
      late = true;
      await faster();
    }
    return world.store.saveBarriers(...given);
  };
  return { ...world, store: { ...world.store, saveBarriers } };
}
