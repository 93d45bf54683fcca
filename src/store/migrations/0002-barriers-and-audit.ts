import { PostgresAdapter, sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Locks and freezes, and the audit, whose lines the database itself lets nobody change or remove. */
export const barriersAndAudit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('barriers')
      .addColumn('app', 'text', (column) => column.notNull())
      .addColumn('environment', 'text', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('barriers_key', ['app', 'environment'])
      .execute();
    await db.schema
      .createTable('audit')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('release', 'bigint')
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_release').on('audit').columns(['release', 'seq']).execute();
    await db.withTables<{ sequences: { name: string; value: number } }>().insertInto('sequences').values({ name: 'audit', value: 0 }).execute();
    for (const statement of db.getExecutor().adapter instanceof PostgresAdapter ? REFUSE_IN_POSTGRES : REFUSE_IN_SQLITE) await sql.raw(statement).execute(db);
  },
};

/** The only statements that differ between the engines: neither understands the other's triggers. */
const REFUSE_IN_SQLITE: readonly string[] = ['update', 'delete'].map(
  (deed) => `create trigger audit_no_${deed} before ${deed} on audit begin select raise(abort, 'the audit is append-only'); end`,
);

const REFUSE_IN_POSTGRES: readonly string[] = [
  `create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'the audit is append-only'; end $$`,
  'create trigger audit_no_change before update or delete or truncate on audit for each statement execute function audit_is_append_only()',
];
