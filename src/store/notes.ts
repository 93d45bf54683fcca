import type { Store } from '../ports.ts';
import type { Engine } from './engine.ts';

/** Facts that outlive a process, each under a key of its own. */
export function notes({ db }: Engine): Pick<Store, 'note' | 'setNote'> {
  return {
    async note(key) {
      const row = await db.selectFrom('notes').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value;
    },
    async setNote(key, value) {
      await db
        .insertInto('notes')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}
