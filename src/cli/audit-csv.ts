import type { AuditEntry } from '../domain/audit.ts';
import { withoutUnseen } from './by-hand/word.ts';

type Cell = string | number | undefined;

const COLUMNS: Readonly<Record<string, (line: AuditEntry) => Cell>> = {
  seq: (line) => line.seq,
  at: (line) => dateOf(line.at),
  who: (line) => line.who,
  what: (line) => line.what,
  app: (line) => line.on.app,
  environment: (line) => line.on.environment,
  release: (line) => line.on.release,
  barrier: (line) => line.on.barrier,
  approval: (line) => line.on.approval,
  outcome: (line) => line.outcome,
  rule: (line) => line.rule,
  detail: (line) => line.detail,
  awsRequestId: (line) => line.awsRequestId,
  previous: (line) => line.previous,
  hash: (line) => line.hash,
};

/** The names of the columns, as the first line. */
export function csvHeader(): string {
  return `${Object.keys(COLUMNS).join(',')}\r\n`;
}

/** One line as RFC 4180 has it. */
export function csvLine(line: AuditEntry): string {
  return `${Object.values(COLUMNS).map((column) => cellOf(column(line))).join(',')}\r\n`;
}

/**
 * People write the texts. A spreadsheet takes one that begins like a formula for one: a quote in front makes it text.
 * A terminal obeys control characters: they are left out, and lines stay lines.
 */
function cellOf(value: Cell): string {
  if (value === undefined) return '';
  const seen = String(value).split(/\r?\n/).map(withoutUnseen).join('\n');
  const text = typeof value === 'string' && /^\s*[=+\-@]|^\n/.test(seen) ? `'${seen}` : seen;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line that was tampered with may have any number there. */
function dateOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
