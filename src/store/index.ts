import { sql } from 'kysely';
import type { Store } from '../ports.ts';
import { audit } from './audit.ts';
import { barriers } from './barriers.ts';
import { dueWork } from './due-work.ts';
import { openEmbedded } from './embedded.ts';
import type { Engine } from './engine.ts';
import { messages } from './messages.ts';
import { migrate } from './migrations/index.ts';
import { notes } from './notes.ts';
import { openPostgres } from './postgres.ts';
import { releases } from './releases.ts';
import { runningVersions } from './running-versions.ts';
import { said } from './said.ts';

export { sha256 } from './audit.ts';
export { openAudit, type OpenAudit } from './audit-record.ts';
export { StoreProblem } from './store-problem.ts';

/** Where everything durable is kept: a folder of this process alone, or a PostgreSQL that replicas share. */
export type StoreOptions = { readonly kind: 'embedded'; readonly folder: string } | { readonly kind: 'postgres'; readonly url: string };

/** A store that is open. `close` lets go of all leases' session and locks; `ping` throws when the store does not answer. */
export type OpenStore = Store & { close(): Promise<void>; ping(): Promise<void> };

/** Opens the store and brings its tables up to date. Throws `StoreProblem` with one sentence that says what to do. */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const engine = options.kind === 'embedded' ? await openEmbedded(options.folder) : await openPostgres(options.url);
  try {
    await migrate(engine.db);
  } catch (cause) {
    await engine.close();
    throw engine.explain(cause);
  }
  return storeOn(engine);
}

/** The one code for both engines; the tables must be there. */
export function storeOn(engine: Engine): OpenStore {
  return {
    ...releases(engine),
    ...barriers(engine),
    ...audit(engine),
    ...runningVersions(engine),
    ...messages(engine),
    ...said(engine),
    ...notes(engine),
    ...dueWork(engine),
    close: () => engine.close(),
    async ping() {
      await sql`select 1`.execute(engine.db);
    },
  };
}
