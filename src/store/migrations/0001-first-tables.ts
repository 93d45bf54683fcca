import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables of schema.ts. Integers are `bigint`: four bytes do not hold a time. */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await makeReleases(db);
    await makeRecords(db);
    await makeDueWork(db);
  },
};

async function makeReleases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sequences')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
  await db.withTables<{ sequences: { name: string; value: number } }>().insertInto('sequences').values({ name: 'release', value: 0 }).execute();
  await db.schema
    .createTable('releases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull().unique())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('app', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('open', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('pipeline', 'text')
    .addColumn('execution_id', 'text')
    .addColumn('request_id', 'text', (column) => column.unique())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
  // Rows without an execution do not collide: in both engines nulls are distinct.
  await db.schema.createIndex('releases_execution').on('releases').columns(['pipeline', 'execution_id', 'environment']).unique().execute();
  await db.schema.createIndex('releases_open').on('releases').columns(['open', 'app', 'number']).execute();
  await db.schema.createIndex('releases_recent').on('releases').columns(['app', 'environment', 'number']).execute();
  await db.schema
    .createTable('release_approvals')
    .addColumn('approval_id', 'text', (column) => column.primaryKey())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .execute();
}

async function makeRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('running_versions')
    .addColumn('app', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('running_versions_key', ['app', 'environment', 'since', 'label'])
    .execute();
  await db.schema
    .createTable('messages')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('ts', 'text')
    .addColumn('document', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('messages_key', ['owner', 'key'])
    .execute();
  await db.schema.createIndex('messages_place').on('messages').columns(['channel', 'ts']).execute();
  await db.schema
    .createTable('said')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .execute();
  await db.schema
    .createTable('notes')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function makeDueWork(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('due_work')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('due_at', 'bigint')
    .addColumn('nudges', 'bigint', (column) => column.notNull())
    .addColumn('epoch', 'bigint', (column) => column.notNull())
    .addColumn('faults', 'bigint', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('due_work_due').on('due_work').columns(['due_at']).execute();
}
