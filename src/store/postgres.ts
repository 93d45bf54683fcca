import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, types } from 'pg';
import type { ClientConfig } from 'pg';
import type { Engine } from './engine.ts';
import type { Db, Tables } from './schema.ts';
import { StoreProblem } from './store-problem.ts';

/** Half of the advisory lock's name, so that it is not mixed up with another program's: "Jack" in ASCII. */
const LOCK_CLASS = 0x4a61636b;

/** How often a claim looks for owners that died. Milliseconds. */
const LOOK_FOR_THE_DEAD_MS = 1000;

/** A PostgreSQL that any number of replicas share. Throws `StoreProblem` when it cannot be reached or used. */
export async function openPostgres(url: string): Promise<Engine> {
  const config = configOf(url);
  const session = new Session({ ...config, query_timeout: 10_000 });
  try {
    await session.connect();
  } catch (cause) {
    throw problemOf(cause, url);
  }
  const pool = new Pool({ ...config, max: 8, statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 });
  // An idle connection that the server ends is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return postgresEngine(db, session, url);
}

function postgresEngine(db: Db, session: Session, url: string): Engine {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    db,
    locksRows: true,
    async beforeClaim(owner) {
      await session.announce(owner);
      if (performance.now() - lookedAt < LOOK_FOR_THE_DEAD_MS) return;
      lookedAt = performance.now();
      await freeAbandoned(db);
    },
    freeAbandoned: () => freeAbandoned(db),
    explain: (cause) => problemOf(cause, url),
    async close() {
      await db.destroy();
      await session.end();
    },
  };
}

/** An owner whose session has ended holds no advisory lock any more; its leases need not run out first. */
async function freeAbandoned(db: Db): Promise<void> {
  await db
    .updateTable('due_work')
    .set({ owner: null, lease_until: 0 })
    .where('owner', 'is not', null)
    .where(
      sql<boolean>`not exists (
        select 1 from pg_locks
        where locktype = 'advisory' and granted and objsubid = 2
          and database = (select oid from pg_database where datname = current_database())
          and classid = ${LOCK_CLASS}::bigint::oid
          and objid = (hashtext(due_work.owner)::bigint & 4294967295)::oid
      )`,
    )
    .execute();
}

/** One connection of its own that holds an advisory lock for each owner in this process, for as long as it lives. */
class Session {
  readonly #config: ClientConfig;
  #client: Promise<Client> | undefined;
  readonly #announced = new Set<string>();

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /** The connection that stands, or a new one. */
  async connect(): Promise<Client> {
    this.#client ??= this.#open();
    return await this.#client;
  }

  /** Shared, because two owners may have the same hash and must not wait for each other. */
  async announce(owner: string): Promise<void> {
    const client = await this.connect();
    if (this.#announced.has(owner)) return;
    await client.query('select pg_advisory_lock_shared($1::int, hashtext($2))', [LOCK_CLASS, owner]);
    this.#announced.add(owner);
  }

  async end(): Promise<void> {
    const client = await this.#client;
    this.#client = undefined;
    // The server frees the locks of an ended session a moment later: so that it is done when this returns, it is asked to.
    await client?.query('select pg_advisory_unlock_all()');
    await client?.end();
  }

  async #open(): Promise<Client> {
    const client = new Client(this.#config);
    // The next claim connects again. Until then others may take this one's work over; the fence keeps it from writing.
    let isLost = false;
    const lost = (): void => {
      if (isLost) return;
      isLost = true;
      this.#client = undefined;
      this.#announced.clear();
    };
    client.on('error', lost);
    client.on('end', lost);
    try {
      await client.connect();
    } catch (cause) {
      lost();
      throw cause;
    }
    return client;
  }
}

function configOf(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'jack',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Times and counters are below 2^53; by default pg gives int8 as text.
    types: { getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) },
  };
}

/** PostgreSQL's error codes (appendix A of its manual) and Node's, as far as a start can meet them. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'does not answer: start it, or correct the address',
  ENOTFOUND: 'has a host name that nobody knows: correct the address',
  EAI_AGAIN: 'has a host name that cannot be looked up now: look at the network',
  ETIMEDOUT: 'does not answer in time: look at the network and the firewall',
  '28P01': 'refuses the password: correct it',
  '28000': 'refuses the user: correct the user name, or let it in (pg_hba.conf)',
  '42501': 'does not let this user make tables: grant it CREATE on the schema',
  '3D000': 'has no database of that name: create it, or correct the name',
  '53300': 'has no connection left: raise max_connections, or stop what uses them',
  '57P03': 'is starting or stopping: try again in a moment',
};

function problemOf(cause: unknown, url: string): StoreProblem {
  if (cause instanceof StoreProblem) return cause;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const reason = REASONS[code] ?? `cannot be used (${String(cause)}): correct the address`;
  return new StoreProblem(`PostgreSQL at ${placeOf(url)} ${reason} (DATABASE_URL).`, cause);
}

/** Host and database only: an address has a password in it. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'the given address';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
