import { sql } from 'kysely';
import { Fenced } from '../domain/faults.ts';
import type { Claim, Store } from '../ports.ts';
import type { Engine } from './engine.ts';
import type { Db, Tx } from './schema.ts';

type DueWork = Pick<Store, 'nudge' | 'claim' | 'finish' | 'defer' | 'renew' | 'checkClaim' | 'freeLeases'>;

/** What is due, who works on it, and the fence that keeps a late one from writing. */
export function dueWork(engine: Engine): DueWork {
  return {
    nudge: (key, at) => nudge(engine.db, key, at),
    async claim(owner, now, leaseMs) {
      await engine.beforeClaim(owner);
      const claim = await claimNext(engine, owner, now, leaseMs);
      return claim ? { claim } : { nextDueAt: await nextDueAt(engine.db) };
    },
    async finish(claim, dueAt) {
      await endRun(engine, claim, (nudged, claimedAt) => ({ due_at: nudged ? claimedAt : (dueAt ?? null), faults: 0 }));
    },
    async defer(claim, dueAt) {
      await endRun(engine, claim, () => ({ due_at: dueAt, faults: claim.faults + 1 }));
    },
    async renew(claim, now, leaseMs) {
      const { numUpdatedRows } = await engine.db
        .updateTable('due_work')
        .set({ lease_until: now + leaseMs })
        .where('key', '=', claim.key)
        .where('epoch', '=', claim.epoch)
        .where('owner', '=', claim.owner)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new Fenced(claim.key);
    },
    async checkClaim(claim) {
      await engine.db.transaction().execute((tx) => checkFence(engine, tx, claim));
    },
    async freeLeases() {
      await engine.freeAbandoned();
    },
  };
}

/** Makes the work due at `at` or earlier; a run that is under way is told to run again. */
export async function nudge(db: Db | Tx, key: string, at: number): Promise<void> {
  await db
    .insertInto('due_work')
    .values({ key, due_at: at, nudges: 1, epoch: 0, faults: 0, owner: null, lease_until: 0 })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        due_at: sql<number>`case when due_work.due_at is null or due_work.due_at > excluded.due_at then excluded.due_at else due_work.due_at end`,
        nudges: sql<number>`due_work.nudges + 1`,
      }),
    )
    .execute();
}

/** Throws `Fenced` unless the claim still holds; on PostgreSQL it then holds until the transaction ends. */
export async function checkFence(engine: Engine, tx: Tx, claim: Claim): Promise<{ readonly nudges: number; readonly due_at: number | null }> {
  const row = await tx
    .selectFrom('due_work')
    .select(['nudges', 'due_at'])
    .where('key', '=', claim.key)
    .where('epoch', '=', claim.epoch)
    .where('owner', '=', claim.owner)
    .$if(engine.locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!row) throw new Fenced(claim.key);
  return row;
}

async function claimNext(engine: Engine, owner: string, now: number, leaseMs: number): Promise<Claim | undefined> {
  const row = await engine.db
    .updateTable('due_work')
    // `due_at` becomes the time of the claim: what is nudged all the time then still stands behind what has waited longer.
    .set((eb) => ({ owner, due_at: now, lease_until: now + leaseMs, epoch: eb('epoch', '+', 1) }))
    .where('key', '=', (eb) =>
      eb
        .selectFrom('due_work')
        .select('key')
        .where('due_at', '<=', now)
        .where((free) => free.or([free('owner', 'is', null), free('lease_until', '<=', now)]))
        .orderBy('due_at')
        .orderBy('key')
        .limit(1)
        .$if(engine.locksRows, (query) => query.forUpdate().skipLocked()),
    )
    .returning(['key', 'epoch', 'nudges', 'faults'])
    .executeTakeFirst();
  return row && { ...row, owner };
}

/** Work that is being done counts from the end of its lease: then somebody else may have to do it. */
async function nextDueAt(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('due_work')
    .select(sql<number | null>`min(case when owner is not null and lease_until > due_at then lease_until else due_at end)`.as('at'))
    .where('due_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

async function endRun(engine: Engine, claim: Claim, next: (nudged: boolean, claimedAt: number) => { due_at: number | null; faults: number }): Promise<void> {
  await engine.db.transaction().execute(async (tx) => {
    const row = await checkFence(engine, tx, claim);
    await tx
      .updateTable('due_work')
      .set({ ...next(row.nudges !== claim.nudges, row.due_at ?? 0), owner: null, lease_until: 0 })
      .where('key', '=', claim.key)
      .execute();
  });
}
