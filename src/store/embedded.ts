import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, Driver, SqliteDatabase, SqliteDialectConfig } from 'kysely';
import { lockFolder, prepareFolder } from './data-folder.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';
import { StoreProblem } from './store-problem.ts';

/** A database in a folder that belongs to this process alone. Throws `StoreProblem`. */
export async function openEmbedded(folder: string): Promise<Engine> {
  prepareFolder(folder);
  const lock = lockFolder(folder);
  try {
    return embeddedEngine(openFile(join(folder, 'jack.sqlite')), folder, () => lock.free());
  } catch (cause) {
    lock.free();
    throw problemOf(cause, folder);
  }
}

/**
 * The same database to look at, also while a Jack has it: write-ahead logging lets readers in. Makes nothing and writes
 * nothing. Throws `StoreProblem`.
 */
export async function openEmbeddedToRead(folder: string): Promise<Engine> {
  const path = join(folder, 'jack.sqlite');
  if (!existsSync(path)) throw new StoreProblem(`The data folder ${resolve(folder)} holds no jack.sqlite: name the folder that Jack runs with in JACK_DATA.`);
  try {
    return embeddedEngine(new DatabaseSync(path, { readOnly: true, timeout: 5000 }), folder, () => undefined);
  } catch (cause) {
    throw problemOf(cause, folder);
  }
}

function embeddedEngine(file: DatabaseSync, folder: string, closed: () => void): Engine {
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: asKyselyDatabase(file) }) });
  return {
    db,
    locksRows: false,
    // The folder's lock says already that nobody else is there.
    beforeClaim: async () => undefined,
    async freeAbandoned() {
      await db.updateTable('due_work').set({ owner: null, lease_until: 0 }).where('owner', 'is not', null).execute();
    },
    explain: (cause) => problemOf(cause, folder),
    async close() {
      await db.destroy();
      if (file.isOpen) file.close();
      closed();
    },
  };
}

function openFile(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: 5000 });
  // FULL: a commit that was acknowledged survives a power cut; NORMAL loses the last ones (WAL is then not synced).
  file.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
  return file;
}

/** node:sqlite in the shape that Kysely knows from better-sqlite3. */
function asKyselyDatabase(file: DatabaseSync): SqliteDatabase {
  return {
    close: () => file.close(),
    prepare(text) {
      const statement = file.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}

/** Kysely begins with a plain `begin`, which fails when it reads first and somebody else (a backup tool) then writes. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }
}

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const REASONS: Readonly<Record<number, string>> = {
  8: 'is read-only: make it writable for this user, or name another folder with JACK_DATA.',
  10: 'cannot be read or written (disk error): look at the disk, or name another folder with JACK_DATA.',
  11: 'holds a damaged database (jack.sqlite): put a backup in its place.',
  13: 'has no space left: make some, or name another folder with JACK_DATA.',
  14: 'does not let jack.sqlite be opened: make it writable for this user, or name another folder with JACK_DATA.',
  26: 'holds a jack.sqlite that is no database: move that file away, or put a backup in its place.',
};

function problemOf(cause: unknown, folder: string): unknown {
  if (typeof cause !== 'object' || cause === null || !('message' in cause) || !('errcode' in cause) || typeof cause.errcode !== 'number') return cause;
  const reason = REASONS[cause.errcode % 256] ?? `does not work as a store (${String(cause.message)}): name another folder with JACK_DATA.`;
  return new StoreProblem(`The data folder ${folder} ${reason}`, cause);
}
