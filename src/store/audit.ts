import { createHash } from 'node:crypto';
import { BEFORE_THE_FIRST, chained } from '../domain/auditing/chain.ts';
import type { AuditEntry, AuditFact } from '../domain/audit.ts';
import { AuditBroken } from '../domain/faults.ts';
import type { Store } from '../ports.ts';
import type { Engine } from './engine.ts';
import type { AuditRow, Tx } from './schema.ts';

/** What reads the audit without a running Jack. */
export type AuditRecord = Pick<Store, 'auditLines' | 'auditHead'>;

/** Who did what: appended and read, never changed. */
export function audit(engine: Engine): AuditRecord & Pick<Store, 'addAudit' | 'auditOfRelease'> {
  return {
    addAudit: (facts) => engine.db.transaction().execute((tx) => appendAudit(engine, tx, facts)),
    async auditLines({ after, limit }) {
      const from = engine.db.selectFrom('audit').selectAll().$if(after !== undefined, (lines) => lines.where('seq', '>', after ?? 0));
      return (await from.orderBy('seq').limit(limit).execute()).map(entryOf);
    },
    async auditOfRelease(release, limit) {
      const newest = engine.db.selectFrom('audit').selectAll().where('release', '=', release).orderBy('seq', 'desc').limit(limit);
      const rows = await newest.select(({ fn }) => fn.countAll().over().as('inAll')).execute();
      return { lines: rows.map(({ inAll: _counted, ...row }) => entryOf(row)).toReversed(), inAll: Number(rows[0]?.inAll ?? 0) };
    },
    auditHead: () => engine.db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst(),
  };
}

/**
 * Chains the facts to what stands there. Always the last of a transaction: the lock on the counter puts all writers in
 * line until they have committed, and who holds it waits for nobody. Throws `AuditBroken` where the next number is not free.
 */
export async function appendAudit(engine: Engine, tx: Tx, facts: readonly AuditFact[] = []): Promise<void> {
  if (facts.length === 0) return;
  const sequence = tx.selectFrom('sequences').select('value').where('name', '=', 'audit');
  const counter = await sequence.$if(engine.locksRows, (query) => query.forUpdate()).executeTakeFirst();
  if (!counter) throw new AuditBroken('the counter that numbers its lines is gone');
  const { value } = counter;
  const last = await tx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (last && last.seq > value) throw new AuditBroken(`its last line is ${last.seq}, and its counter stands at ${value}`);
  const lines: AuditEntry[] = [];
  for (const fact of facts) lines.push(chained(fact, value + lines.length + 1, lines.at(-1)?.hash ?? last?.hash ?? BEFORE_THE_FIRST, sha256));
  await tx.insertInto('audit').values(lines.map(rowOf)).execute();
  await tx.updateTable('sequences').set({ value: value + lines.length }).where('name', '=', 'audit').execute();
}

/** 64 hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function rowOf(entry: AuditEntry): AuditRow {
  const { seq, hash, ...line } = entry;
  return { seq, release: entry.on.release ?? null, hash, document: JSON.stringify(line) };
}

/** Columns count for more than the document: whatever somebody changed in either shows in the hash. */
function entryOf({ seq, release, hash, document }: AuditRow): AuditEntry {
  const line = lineOf(document);
  const { release: _column, ...on } = line.on;
  return { ...line, on: { ...on, ...(release !== null && { release }) }, seq, hash };
}

/** What somebody made unreadable does not match its hash, like any other line that was changed. */
const UNREADABLE: Omit<AuditEntry, 'seq' | 'hash'> = { at: 0, who: '', what: 'aws.unreadable', on: {}, outcome: 'refused', previous: '' };

function lineOf(document: string): typeof UNREADABLE {
  try {
    const line = JSON.parse(document) as Partial<typeof UNREADABLE> | null;
    return { ...UNREADABLE, ...line, on: { ...line?.on } };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return UNREADABLE;
  }
}
