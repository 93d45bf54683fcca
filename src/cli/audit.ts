import type { AuditEntry, AuditHead } from '../domain/audit.ts';
import { canonical } from '../domain/auditing/chain.ts';
import { auditCheck, type AuditDefect, type AuditVerdict, type Noted } from '../domain/auditing/verify.ts';
import { readStoreSettings } from '../settings.ts';
import { openAudit, sha256, StoreProblem, type OpenAudit } from '../store/index.ts';
import { csvHeader, csvLine } from './audit-csv.ts';
import type { CliCommand } from './command.ts';

/** What was found to be wrong ends with 1; that nothing could be looked at, with 2. */
const [WRONG, NOT_LOOKED] = [1, 2];
const AT_ONCE = 1000;
/** Also lines with numbers that none can have. */
const FROM_ANY = Number.MIN_SAFE_INTEGER;
const USAGE = 'Write it as: jack audit verify [--head <seq>:<hash>], or: jack audit export [--csv] [--since <seq>].';

type Asked = { readonly does: 'verify'; readonly head?: AuditHead } | { readonly does: 'export'; readonly csv: boolean; readonly since: number };

/** Looks at the audit in the store that a start would use, also while Jack runs. Changes nothing. */
export const audit: CliCommand = {
  name: 'audit',
  usage: 'audit verify|export',
  does: 'Check the audit’s chain [--head <seq>:<hash>], or print its lines [--csv] [--since <seq>]',
  async run(args, env) {
    const asked = readAsked(args);
    if (!asked) return complain(USAGE);
    try {
      const record = await openAudit(readStoreSettings(env));
      try {
        return await (asked.does === 'verify' ? verify(record, asked.head) : print(record, asked));
      } finally {
        await record.close();
      }
    } catch (error) {
      if (error instanceof StoreProblem) return complain(error.message);
      throw error;
    }
  },
};

function readAsked([does, ...words]: readonly string[]): Asked | undefined {
  const options = [...words];
  const after = (name: string): string | undefined => {
    const at = options.indexOf(name);
    return at === -1 ? undefined : (options.splice(at, 2)[1] ?? '');
  };
  if (does === 'verify') {
    const written = after('--head');
    const head = written === undefined ? undefined : readHead(written);
    return options.length > 0 || (written !== undefined && !head) ? undefined : { does, ...(head && { head }) };
  }
  if (does !== 'export') return undefined;
  const written = after('--since');
  const since = Number(written ?? FROM_ANY);
  const csv = options.join(' ') === '--csv';
  return (options.length > 0 && !csv) || !Number.isSafeInteger(since) || (written !== undefined && since < 1) ? undefined : { does, csv, since };
}

/** '1234:9f86…': as it is logged, and as /jack audit tells it. */
function readHead(word: string): AuditHead | undefined {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(word) ?? [];
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash: hash.toLowerCase() };
}

/** The counter is read before the lines, and again after them: those that are added meanwhile are no defect. */
async function verify(record: OpenAudit, head: AuditHead | undefined): Promise<number> {
  const noted: Noted = { count: (await record.counted()) ?? 0, ...(head && { head }) };
  const verdict = await verdictOn(record, noted);
  await write(`${verdict.ok ? praise(verdict.head, head) : blame(verdict)}\n`);
  return verdict.ok ? 0 : WRONG;
}

async function verdictOn(record: OpenAudit, noted: Noted): Promise<AuditVerdict> {
  const check = auditCheck(sha256, noted);
  for await (const line of linesOf(record, FROM_ANY)) {
    const found = check.next(line);
    if (found) return found;
  }
  return check.end({ value: await record.counted() });
}

function praise(last: AuditHead | undefined, noted: AuditHead | undefined): string {
  if (!last) return 'The audit has no lines yet.';
  const words = `The audit is in order: ${last.seq} ${last.seq === 1 ? 'line' : 'lines'}, head ${last.seq}:${last.hash}`;
  if (noted) return `${words}\nThe head that you gave, ${noted.seq}, is part of it.`;
  return `${words}\nWhether somebody wrote it anew from some line on shows only against a head that was noted elsewhere: --head <seq>:<hash>, from the log or from /jack audit.`;
}

const DEFECTS: Readonly<Record<AuditDefect, (seq: number, last: AuditHead | undefined) => string>> = {
  changed: (seq) => `Line ${seq} was changed: it does not match its own hash.`,
  removed: (seq, last) => `${missing((last?.seq ?? 0) + 1, seq - 1)} removed: after line ${last?.seq ?? 0} comes line ${seq}.`,
  reordered: (seq, last) => `Line ${seq} stands in the wrong place: after line ${last?.seq ?? 0}.`,
  foreign: (seq, last) => `Line ${seq} was written to another chain: it does not follow line ${last?.seq ?? 0} as that stands here.`,
  'cut-off': (seq) => `The tail was cut off: line ${seq} had been written, and is not there any more.`,
  'other-head': (seq) => `The chain was written anew: line ${seq} is not the one that you noted.`,
  uncounted: (seq, last) => `${missing(seq, last?.seq ?? seq)} put in without being counted: the counter stands at ${seq - 1}. Jack writes no more lines until that is mended.`,
  'no-counter': (seq) => `The counter that numbers the lines is gone: it should stand at ${seq - 1}, or higher if lines were removed with it. Jack writes no more lines until that is mended.`,
};

function missing(from: number, to: number): string {
  return from === to ? `Line ${from} was` : `Lines ${from} to ${to} were`;
}

function blame({ seq, defect, last }: Extract<AuditVerdict, { ok: false }>): string {
  const whole = last === undefined ? (defect === 'no-counter' ? 'There is no line either.' : 'No line before it is in order.') : `The lines up to ${last.seq} are in order among themselves.`;
  return `${DEFECTS[defect](seq, last)} ${whole} See docs/operating/audit.md.`;
}

async function print(record: OpenAudit, { csv, since }: Extract<Asked, { does: 'export' }>): Promise<number> {
  // Whoever reads may go away early (`| head`): that is no failure.
  process.stdout.on('error', () => undefined);
  if (csv) await write(csvHeader());
  for await (const line of linesOf(record, since)) {
    if (!(await write(csv ? csvLine(line) : `${canonical(line)}\n`))) return 0;
  }
  return 0;
}

async function* linesOf(record: OpenAudit, since: number): AsyncGenerator<AuditEntry> {
  let after = since - 1;
  for (;;) {
    const lines = await record.auditLines({ after, limit: AT_ONCE });
    yield* lines;
    const last = lines.at(-1);
    if (!last || lines.length < AT_ONCE) return;
    after = last.seq;
  }
}

/** False: nobody reads any more. */
function write(words: string): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(words, (error) => resolve(!error));
  });
}

function complain(words: string): number {
  process.stderr.write(`${words}\n`);
  return NOT_LOOKED;
}
