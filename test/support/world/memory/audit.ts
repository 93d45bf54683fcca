import { createHash } from 'node:crypto';
import type { AuditEntry, AuditFact } from '../../../../src/domain/audit.ts';
import { BEFORE_THE_FIRST, chained } from '../../../../src/domain/auditing/chain.ts';
import { noBarriers, type Barriers } from '../../../../src/domain/barriers/barriers.ts';
import { Stale } from '../../../../src/domain/faults.ts';
import type { Also, Claim, Store } from '../../../../src/ports.ts';

export interface MemoryAudit {
  append(facts: readonly AuditFact[] | undefined): void;
  readonly store: Pick<Store, 'addAudit' | 'auditLines' | 'auditOfRelease' | 'auditHead'>;
}

/** The chain as a database keeps it. */
export function memoryAudit(): MemoryAudit {
  /** As JSON: nobody who reads a line can change it. */
  const rows: string[] = [];
  let head: { readonly seq: number; readonly hash: string } | undefined;
  const append = (facts: readonly AuditFact[] = []): void => {
    for (const fact of facts) {
      const line = chained(fact, rows.length + 1, head?.hash ?? BEFORE_THE_FIRST, sha256);
      head = { seq: line.seq, hash: line.hash };
      rows.push(JSON.stringify(line));
    }
  };
  return {
    append,
    store: {
      addAudit: async (facts) => append(facts),
      auditLines: async ({ after = 0, limit }) => rows.slice(after, after + limit).map(entry),
      async auditOfRelease(release, limit) {
        const lines = rows.map(entry).filter(({ on }) => on.release === release);
        return { lines: lines.slice(-limit), inAll: lines.length };
      },
      auditHead: async () => head,
    },
  };
}

function entry(row: string): AuditEntry {
  return JSON.parse(row) as AuditEntry;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export interface MemoryBarriers {
  write(wanted: Barriers, claim: Claim | undefined, also: Also | undefined): Barriers;
  readonly store: Pick<Store, 'barriers' | 'saveBarriers'>;
}

interface DueWork {
  nudge(key: string, at: number): void;
  checkFence(claim: Claim): void;
}

export function memoryBarriers(audit: MemoryAudit, work: DueWork): MemoryBarriers {
  const rows = new Map<string, string>();
  const read = (app: string, environment: string): Barriers => {
    const row = rows.get(`${app}/${environment}`);
    return row === undefined ? noBarriers(app, environment) : (JSON.parse(row) as Barriers);
  };
  const write: MemoryBarriers['write'] = (wanted, claim, also) => {
    const key = `${wanted.app}/${wanted.environment}`;
    if (claim) work.checkFence(claim);
    if (read(wanted.app, wanted.environment).version !== wanted.version) throw new Stale(`what is in front of ${key}`);
    const saved = { ...wanted, version: wanted.version + 1 };
    rows.set(key, JSON.stringify(saved));
    if (!claim) work.nudge(`barriers:${key}`, Math.min(also?.audit?.at(-1)?.at ?? 0, Date.now()));
    return read(wanted.app, wanted.environment);
  };
  return {
    write,
    store: {
      barriers: async (app, environment) => read(app, environment),
      async saveBarriers(wanted, claim, also) {
        const saved = write(wanted, claim, also);
        audit.append(also?.audit);
        return saved;
      },
    },
  };
}
