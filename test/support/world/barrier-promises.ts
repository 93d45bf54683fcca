import { barrierIn, type Barrier, type Barriers } from '../../../src/domain/barriers/barriers.ts';
import { flowId } from '../../../src/domain/barriers/held-at-gate.ts';
import { holderOf } from '../../../src/domain/effect.ts';
import type { Release } from '../../../src/domain/release.ts';
import { waiting, type Said } from './barrier-happenings.ts';
import { barriersOf, PROD_DOOR } from './barriers.ts';
import { JACK } from './fake-aws.ts';
import type { FakeWorld } from './fake-world.ts';

/** What has to be so at every moment in front of prod. */
export interface DoorWatch {
  looks(): Promise<void>;
  readonly broken: readonly string[];
}

export function watchTheDoor(world: FakeWorld, said: Said): DoorWatch {
  const broken: string[] = [];
  const kept = new Set<string>();
  const held = new Map<string, string>();
  let entered = 0;
  return {
    broken,
    async looks() {
      const barriers = await barriersOf(world);
      for (const entry of world.account.entered.slice(entered)) if (entry.door === PROD_DOOR) broken.push(...entering(entry, barriers, kept, said));
      entered = world.account.entered.length;
      if (isJacks(world.account.disabled.get(PROD_DOOR), 'barrier')) for (const id of waiting(world)) kept.add(id);
      for (const release of await world.store.recentReleases({ limit: 50 })) broken.push(...goingOn(release, barriers, held, said));
      broken.push(...untouched(world), ...remembered(world, barriers), ...barriers.all.flatMap(namedTwice));
    },
  };
}

/** What Jack itself held for a lock or a freeze goes on only with a yes that was said after that, or when the holder of that lock asks for it too. */
function goingOn(release: Release, { all }: Barriers, held: Map<string, string>, said: Said): readonly string[] {
  const { id, number, waiting: what, intent, deploys } = release;
  const because = what?.for === 'gate' ? what.because : undefined;
  if (because?.because === 'locked' || because?.because === 'frozen') {
    held.set(id, because.because === 'locked' ? because.barrierId : '');
    said.agreed.delete(flowId(release));
  }
  const goes = intent?.effect.kind === 'update-environment' || deploys.some(({ startedAt }) => startedAt !== undefined);
  const holder = all.find((one) => one.id === held.get(id))?.by;
  const isTheirs = release.requesters.some(({ user }) => user === holder);
  return goes && held.delete(id) && !isTheirs && !said.agreed.has(flowId(release)) ? [`#${number} was held and went on unasked`] : [];
}

type Entry = FakeWorld['account']['entered'][number];

/** Drift and what AWS refused are told, and not prevented. */
function entering(entry: Entry, { all, holds }: Barriers, kept: ReadonlySet<string>, said: Said): readonly string[] {
  if (entry.openedBy !== undefined && entry.openedBy !== JACK) return [];
  const wrong: string[] = [];
  const inForce = all.find((one) => isInForceAt(one, entry.at));
  const warned = holds.some(({ state }) => state === 'refused' || state === 'left');
  if (inForce && !warned) wrong.push(`${entry.executionId} went in while a ${inForce.kind} was in force`);
  if (kept.has(entry.executionId) && !said.agreed.has(entry.executionId)) wrong.push(`${entry.executionId} was kept waiting and flowed in unasked`);
  return wrong;
}

/** What was inside, or came in while the way stood open, is named once in a thread. */
function namedTwice({ id, notes }: Barrier): readonly string[] {
  const named = notes.flatMap(({ what }) => (what.kind === 'inside' ? what.releases.map(({ executionId }) => executionId) : []));
  return new Set(named).size === named.length ? [] : [`the thread of ${id} names one twice: ${named.join(' ')}`];
}

function isInForceAt({ since, until, ended }: Barrier, at: number): boolean {
  return since < at && at < until && (ended === undefined || at < ended.at);
}

/** A transition that Jack did not disable is never touched. */
function untouched({ account }: FakeWorld): readonly string[] {
  return account.doorLog.flatMap(({ by, from, to }) => (by === JACK && from !== undefined && !isJacks(from) ? [`Jack made “${from}” into ${to ?? 'open'}`] : []));
}

function isJacks(reason: string | undefined, whose?: 'barrier'): boolean {
  if (reason === undefined) return false;
  return barrierIn(reason) !== undefined || (whose === undefined && holderOf(reason) !== undefined);
}

/** What is closed for a barrier is known to be. */
function remembered(world: FakeWorld, { all, holds }: Barriers): readonly string[] {
  const id = barrierIn(world.account.disabled.get(PROD_DOOR) ?? '');
  if (id === undefined) return [];
  return all.some((one) => one.id === id) && holds.length > 0 ? [] : [`closed for ${id}, of which nobody knows`];
}
