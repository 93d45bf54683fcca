import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import type { Db } from '../schema.ts';
import { StoreProblem } from '../store-problem.ts';
import { firstTables } from './0001-first-tables.ts';
import { barriersAndAudit } from './0002-barriers-and-audit.ts';
import { notesThatEnd } from './0003-notes-that-end.ts';

/** In order. What has been released is never edited: a change is a new file. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-barriers-and-audit': barriersAndAudit,
  '0003-notes-that-end': notesThatEnd,
};

/** Brings the tables up to date. Replicas that start together wait for each other. Throws `StoreProblem` for a store that a newer Jack has written. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const known = new Set(Object.keys(MIGRATIONS));
  const strange = (await migrator.getMigrations()).length === known.size ? await unknownMigration(db, known) : undefined;
  if (strange !== undefined) {
    throw new StoreProblem(`The store was written by a newer Jack (it has "${strange}"): start that version, or give this one a store of its own.`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function unknownMigration(db: Db, known: ReadonlySet<string>): Promise<string | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return undefined;
  const done = await db.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name').execute();
  return done.map((row) => row.name).find((name) => !known.has(name));
}
