import * as fc from 'fast-check';
import { freezesOf, isInForce, lockOf, type Barrier } from '../../../src/domain/barriers/barriers.ts';
import { askedAbout, barriersOf, aLock, lets, locks, PROD_DOOR, pushes, unlocks } from './barriers.ts';
import { ADA, GRACE, LINUS, MINUTE, OLIVE } from './builders.ts';
import { clicks, pass, types, work, type FakeWorld } from './fake-world.ts';

/** One thing that happens around the way into prod, as data: so that a failing history can be read and made shorter. */
export type BarrierHappening =
  | { readonly kind: 'locks' | 'freezes'; readonly user: string; readonly minutes: number }
  | { readonly kind: 'unlocks'; readonly user: string; readonly agrees: boolean }
  | { readonly kind: 'thaws' | 'steals' | 'lets-in'; readonly user: string }
  | { readonly kind: 'pushes' | 'console-opens' | 'console-closes' | 'denies' | 'permits' }
  | { readonly kind: 'ships-version'; readonly user: string }
  | { readonly kind: 'cancels' }
  | { readonly kind: 'time'; readonly steps: number };

const user = fc.constantFrom(ADA, GRACE, LINUS, OLIVE);

const minutes = fc.constantFrom(1, 2, 30);

/** Histories in front of one stage. */
export const barrierHistories: fc.Arbitrary<readonly BarrierHappening[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('locks' as const), user, minutes }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('freezes' as const), user, minutes }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('unlocks' as const), user, agrees: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('thaws' as const, 'steals' as const), user }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('lets-in' as const), user }) },
    { weight: 4, arbitrary: fc.constant({ kind: 'pushes' } as const) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('console-opens' as const, 'console-closes' as const, 'denies' as const, 'permits' as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('ships-version' as const), user }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'cancels' } as const) },
    { weight: 7, arbitrary: fc.record({ kind: fc.constant('time' as const), steps: fc.integer({ min: 1, max: 8 }) }) },
  ),
  { minLength: 4, maxLength: 18, size: 'max' },
);

const CONSOLE = 'arn:aws:iam::123456789012:user/olive';
export const FOREIGN_REASON = 'migration running';

/** What the history has said yes to, and what it has done by hand. */
export interface Said {
  readonly agreed: Set<string>;
  consoleOpened: boolean;
}

/** Lets it happen. `looks` is called after every step of time. */
export async function barrierHappens(happening: BarrierHappening, world: FakeWorld, said: Said, looks: () => Promise<void>): Promise<void> {
  switch (happening.kind) {
    case 'time':
      for (let step = 0; step < happening.steps; step += 1) {
        await pass(world);
        await looks();
      }
      return;
    case 'pushes':
      pushes(world);
      return;
    case 'console-opens':
      said.consoleOpened = true;
      return world.account.open(PROD_DOOR, CONSOLE);
    case 'console-closes':
      return world.account.close(PROD_DOOR, FOREIGN_REASON, CONSOLE);
    case 'denies':
      world.account.mishaps.denied.add('hold-transition').add('free-transition');
      return;
    case 'permits':
      return world.account.mishaps.denied.clear();
    case 'ships-version':
      await types(world, '/deploy prod@v2', happening.user);
      break;
    case 'cancels':
      await clicks(world, 'release.cancel', (await world.store.recentReleases({ limit: 1 }))[0]?.id ?? '', ADA);
      break;
    default:
      await somebodySays(happening, world, said);
  }
  await work(world);
  await looks();
}

type Word = Extract<BarrierHappening, { kind: 'locks' | 'freezes' | 'unlocks' | 'thaws' | 'steals' | 'lets-in' }>;

async function somebodySays(happening: Word, world: FakeWorld, said: Said): Promise<unknown> {
  const barriers = await barriersOf(world);
  const { now } = world.account;
  const lock = lockOf(barriers, now);
  switch (happening.kind) {
    case 'locks':
      return lock ? undefined : locks(world, happening.user, 'hotfix', { until: now + happening.minutes * MINUTE });
    case 'freezes':
      return locks(world, happening.user, 'season', { kind: 'freeze', until: now + happening.minutes * MINUTE });
    case 'steals':
      return lock && steals(world, lock, happening.user);
    case 'thaws':
      return freezesOf(barriers, now).length > 0 ? unlocks(world, 'freeze', happening.user, undefined, 'thawed') : undefined;
    case 'unlocks': {
      const agreed = happening.agrees ? waiting(world) : [];
      for (const id of agreed) said.agreed.add(id);
      return lock && unlocks(world, lock.id, happening.user, agreed);
    }
    case 'lets-in': {
      if (barriers.all.some((one) => isInForce(one, now))) return undefined;
      for (const id of askedAbout(barriers)) said.agreed.add(id);
      return lets(world, barriers.all.at(-1)?.id ?? '', happening.user);
    }
    default:
      return happening satisfies never;
  }
}

async function steals(world: FakeWorld, lock: Barrier, by: string): Promise<void> {
  const before = await barriersOf(world);
  const at = world.account.now;
  const next = aLock(world, by, lock.reason, { takenFrom: lock.by });
  const all = before.all.map((one): Barrier => (one.id === lock.id ? { ...one, ended: { at, how: 'stolen', by } } : one));
  await world.store.saveBarriers({ ...before, all: [...all, next] });
}

/** Executions in front of prod. */
export function waiting(world: FakeWorld): readonly string[] {
  return world.account.executions.filter((one) => one.status === 'InProgress' && !one.inside && one.stages[one.at]?.name === 'Prod').map(({ id }) => id);
}
