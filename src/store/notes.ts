import type { Store } from '../ports.ts';
import type { Engine } from './engine.ts';

/** Facts that outlive a process, each under a key of its own. */
export function notes({ db }: Engine): Pick<Store, 'note' | 'setNote' | 'replaceNote' | 'forgetNotes'> {
  return {
    async note(key) {
      const row = await db.selectFrom('notes').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value;
    },
    async setNote(key, value, forgetAt) {
      const values = { value, forget_at: forgetAt ?? null };
      await db
        .insertInto('notes')
        .values({ key, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
        .execute();
    },
    async replaceNote(key, before, value) {
      // One statement: of two at once, the later one meets what the earlier one wrote.
      const { numUpdatedRows } = await db.updateTable('notes').set({ value }).where('key', '=', key).where('value', '=', before).executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async forgetNotes(now) {
      await db.deleteFrom('notes').where('forget_at', '<=', now).execute();
    },
  };
}
