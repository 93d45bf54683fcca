import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { StoreProblem, openAudit, openStore } from '../../src/store/index.ts';
import { storeContract } from './contract.ts';
import { startPostgres } from './postgres-server.ts';
import type { OpenStore } from '../../src/store/index.ts';
import type { PostgresServer } from './postgres-server.ts';
import { aFact, aRelease } from './samples.ts';

describe('the store in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);

  let replicas: { readonly url: string; readonly store: OpenStore; readonly second: OpenStore } | undefined;
  afterAll(async () => {
    await Promise.all([replicas?.store.close(), replicas?.second.close()]);
    await server.stop();
  });

  storeContract(async () => {
    replicas ??= await openTwo(await server.newDatabase());
    const { url } = replicas;
    await empty(url);
    return { ...replicas, tamper: (statement) => withoutTriggers(url, statement), close: async () => undefined };
  });

  it('gives the work of a replica that died to another at once, and not that of one that lives', async () => {
    const url = await server.newDatabase();
    const [dying, living, next] = await Promise.all([1, 2, 3].map(() => openStore({ kind: 'postgres', url })));
    if (!dying || !living || !next) throw new Error('three stores were opened');
    await dying.nudge('a', 0);
    await dying.claim('dying', 100, 3_600_000);
    await living.nudge('b', 0);
    await living.claim('living', 100, 3_600_000);
    await dying.close();
    await next.freeLeases();
    expect(await next.claim('next', 200, 1000)).toMatchObject({ claim: { key: 'a', epoch: 2 } });
    expect(await next.claim('next', 200, 1000)).toEqual({ nextDueAt: 1200 });
    await Promise.all([living.close(), next.close()]);
  });

  it('goes on after the server has dropped every connection', async () => {
    const url = await server.newDatabase();
    const store = await openStore({ kind: 'postgres', url });
    const { release } = await store.addRelease(aRelease());
    await store.claim('me', 2000, 1);
    await dropConnections(url);
    await expect(eventually(() => store.release(release.id))).resolves.toEqual(release);
    expect(await eventually(() => store.claim('me', 3000, 1000))).toMatchObject({ claim: { key: `release:${release.id}`, epoch: 2 } });
    await store.close();
  });

  it('refuses to change or remove lines of the audit, whoever asks', async () => {
    const url = await server.newDatabase();
    const store = await openStore({ kind: 'postgres', url });
    await store.addAudit([aFact()]);
    const somebody = new Client(url);
    await somebody.connect();
    for (const statement of ['update audit set hash = 1', 'delete from audit', 'truncate audit']) await expect(somebody.query(statement)).rejects.toThrow('the audit is append-only');
    await somebody.end();
    expect(await store.auditLines({ limit: 9 })).toMatchObject([{ ...aFact(), seq: 1 }]);
    const record = await openAudit({ kind: 'postgres', url });
    expect([await record.auditHead(), await record.counted()]).toEqual([await store.auditHead(), 1]);
    await Promise.all([record.close(), store.close()]);
  });

  it.each([
    ['an address where nobody listens', () => 'postgres://jack:secret@127.0.0.1:1/jack', 'PostgreSQL at 127.0.0.1:1/jack does not answer: start it, or correct the address (DATABASE_URL).'],
    ['a database that is not there', (url: string) => url.replace(/jack_\d+/, 'nowhere'), /^PostgreSQL at 127\.0\.0\.1:\d+\/nowhere has no database of that name: create it, or correct the name \(DATABASE_URL\)\.$/],
    ['a user that is not there', (url: string) => url.replace('postgres@', 'nobody:secret@'), /^PostgreSQL at 127\.0\.0\.1:\d+\/jack_\d+ refuses the user/],
  ])('says what to do about %s, without the password', async (_what, change, sentence) => {
    const problem: unknown = await openStore({ kind: 'postgres', url: change(await server.newDatabase()) }).catch((cause: unknown) => cause);
    expect(problem).toBeInstanceOf(StoreProblem);
    expect(problem).toHaveProperty('message', typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
    expect(String(problem)).not.toContain('secret');
  });
});

/** Both at once: replicas that start together must not trip over each other's migrations. */
async function openTwo(url: string): Promise<{ readonly url: string; readonly store: OpenStore; readonly second: OpenStore }> {
  const [store, second] = await Promise.all([openStore({ kind: 'postgres', url }), openStore({ kind: 'postgres', url })]);
  return { url, store, second };
}

/** As it was after the migrations; much faster than a database for each test. */
function empty(url: string): Promise<void> {
  const counters = `insert into sequences values ('release', 0), ('audit', 0) on conflict (name) do update set value = 0`;
  return withoutTriggers(url, `truncate releases, release_approvals, running_versions, messages, said, notes, due_work, barriers, audit; ${counters}`);
}

/** A replica runs no triggers: those of the audit would refuse. */
async function withoutTriggers(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(`set session_replication_role = replica; ${statement}`);
  await client.end();
}

async function dropConnections(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  await client.end();
}

/** The loop does the same: what failed is tried again. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left -= 1) {
    try {
      return await attempt();
    } catch (cause) {
      if (left === 0) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
