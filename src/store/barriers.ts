import { noBarriers } from '../domain/barriers/barriers.ts';
import type { Barriers } from '../domain/barriers/barriers.ts';
import { Stale } from '../domain/faults.ts';
import type { Also, Claim, Store } from '../ports.ts';
import { appendAudit } from './audit.ts';
import { checkFence, nudge } from './due-work.ts';
import type { Engine } from './engine.ts';
import type { Tx } from './schema.ts';

/** Locks and freezes, one document for each environment. */
export function barriers(engine: Engine): Pick<Store, 'barriers' | 'saveBarriers'> {
  return {
    async barriers(app, environment) {
      const row = await engine.db.selectFrom('barriers').select('document').where('app', '=', app).where('environment', '=', environment).executeTakeFirst();
      return row ? (JSON.parse(row.document) as Barriers) : noBarriers(app, environment);
    },
    saveBarriers: (wanted, claim, also) =>
      engine.db.transaction().execute(async (tx) => {
        const saved = await writeBarriers(engine, tx, wanted, { claim, also });
        await appendAudit(engine, tx, also?.audit);
        return saved;
      }),
  };
}

/**
 * Compare-and-set on the version. The work's row is taken before the barriers' own, with a claim or without: two that
 * took them in different orders would wait for each other for ever.
 */
export async function writeBarriers(engine: Engine, tx: Tx, wanted: Barriers, by: { readonly claim?: Claim | undefined; readonly also?: Also | undefined }): Promise<Barriers> {
  const { app, environment, version } = wanted;
  if (by.claim) await checkFence(engine, tx, by.claim);
  else await nudge(tx, `barriers:${app}/${environment}`, whenOf(by.also));
  const saved: Barriers = { ...wanted, version: version + 1 };
  const written = version === 0 ? await insert(tx, saved) : await update(tx, saved);
  if (!written) throw new Stale(`what is in front of ${app}/${environment}`);
  return saved;
}

/** False: somebody else was first. */
async function insert(tx: Tx, saved: Barriers): Promise<boolean> {
  const { app, environment, version } = saved;
  const insertion = tx.insertInto('barriers').values({ app, environment, version, document: JSON.stringify(saved) });
  const { numInsertedOrUpdatedRows } = await insertion.onConflict((conflict) => conflict.columns(['app', 'environment']).doNothing()).executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function update(tx: Tx, saved: Barriers): Promise<boolean> {
  const { app, environment, version } = saved;
  const { numUpdatedRows } = await tx
    .updateTable('barriers')
    .set({ version, document: JSON.stringify(saved) })
    .where('app', '=', app)
    .where('environment', '=', environment)
    .where('version', '=', version - 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Due at the time of the deed, which is told with it; else before all others. */
function whenOf(also: Also | undefined): number {
  return Math.min(also?.audit?.at(-1)?.at ?? 0, Date.now());
}
