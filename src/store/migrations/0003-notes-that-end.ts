import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const WEEK_MS = 7 * 24 * 3_600_000;

/** When a note is worth nothing any more. Those of forms that were opened before have a week. */
export const notesThatEnd: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('notes').addColumn('forget_at', 'bigint').execute();
    await db.schema.createIndex('notes_forget_at').on('notes').columns(['forget_at']).execute();
    const written = db.withTables<{ notes: { key: string; forget_at: number | null } }>();
    await written.updateTable('notes').set({ forget_at: Date.now() + WEEK_MS }).where('key', 'like', 'form:%').execute();
  },
};
