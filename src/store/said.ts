import type { Said, Store } from '../ports.ts';
import { appendAudit } from './audit.ts';
import { nudge } from './due-work.ts';
import type { Engine } from './engine.ts';

/** What people said, as it was delivered: on disk before Slack gets its ack. */
export function said(engine: Engine): Pick<Store, 'receive' | 'said' | 'finishSaid'> {
  const { db } = engine;
  return {
    async receive(heard) {
      const { triggerId: _secondsOnly, ...kept } = heard;
      return await db.transaction().execute(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('said')
          .values({ id: kept.id, at: kept.at, document: JSON.stringify(kept), outcome: null })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await nudge(tx, `said:${kept.id}`, Math.min(kept.at, Date.now()));
        return true;
      });
    },
    async said(id) {
      const row = await db.selectFrom('said').select('document').where('id', '=', id).executeTakeFirst();
      return row && (JSON.parse(row.document) as Said);
    },
    finishSaid: (id, outcome, also) =>
      db.transaction().execute(async (tx) => {
        // A repeat after a crash keeps what the first run came to, and does not tell it twice.
        const { numUpdatedRows } = await tx.updateTable('said').set({ outcome }).where('id', '=', id).where('outcome', 'is', null).executeTakeFirst();
        if (numUpdatedRows === 1n) await appendAudit(engine, tx, also?.audit);
      }),
  };
}
