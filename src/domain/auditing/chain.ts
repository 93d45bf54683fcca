import type { AuditEntry, AuditFact } from '../audit.ts';

/** SHA-256 of the text's UTF-8, 64 hex digits. Given, because the domain imports nothing of Node's. */
export type Hash = (text: string) => string;

/** What the first line has for `previous`. */
export const BEFORE_THE_FIRST = '0'.repeat(64);

/** The longest `detail`, in code points. */
const LONGEST_DETAIL = 1000;

/** The fact as the line with this number, chained to the line before it. */
export function chained(fact: AuditFact, seq: number, previous: string, hash: Hash): AuditEntry {
  const line = { ...cut(fact), seq, previous };
  return { ...line, hash: hash(canonical(line)) };
}

/** The hash that the line should have. */
export function hashOf({ hash: _said, ...line }: AuditEntry, hash: Hash): string {
  return hash(canonical(line));
}

/** JSON with sorted keys and no spaces: the same value always gives the same text. Fields that are undefined are left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

/** Facts of a new release, told once its number is known. */
export function ofRelease(facts: readonly AuditFact[], number: number): readonly AuditFact[] {
  return facts.map((fact) => ({ ...fact, on: { ...fact.on, release: number } }));
}

function cut(fact: AuditFact): AuditFact {
  if (fact.detail === undefined || fact.detail.length <= LONGEST_DETAIL) return fact;
  return { ...fact, detail: Array.from(fact.detail).slice(0, LONGEST_DETAIL).join('') };
}
