import { audit, type AuditRecord } from './audit.ts';
import { openEmbeddedToRead } from './embedded.ts';
import type { Engine } from './engine.ts';
import { openPostgres } from './postgres.ts';
import type { StoreOptions } from './index.ts';
import { StoreProblem } from './store-problem.ts';

/** The audit, open to be read beside a running Jack. */
export interface OpenAudit extends AuditRecord {
  /** How many lines were ever written, by the counter that gives them their numbers; undefined: the counter is gone. */
  counted(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Opens what is there and changes nothing, not even the tables. Throws `StoreProblem` with one sentence that says what to do. */
export async function openAudit(options: StoreOptions): Promise<OpenAudit> {
  const engine = options.kind === 'embedded' ? await openEmbeddedToRead(options.folder) : await openPostgres(options.url);
  try {
    await refuseWithoutAudit(engine);
  } catch (cause) {
    await engine.close();
    throw engine.explain(cause);
  }
  const { auditLines, auditHead } = audit(engine);
  return {
    auditLines,
    auditHead,
    async counted() {
      const row = await engine.db.selectFrom('sequences').select('value').where('name', '=', 'audit').executeTakeFirst();
      return row?.value;
    },
    close: () => engine.close(),
  };
}

async function refuseWithoutAudit({ db }: Engine): Promise<void> {
  const tables = await db.introspection.getTables();
  if (tables.some(({ name }) => name === 'audit')) return;
  throw new StoreProblem('This store has no audit yet: start Jack on it once, or name another store with JACK_DATA or DATABASE_URL.');
}
