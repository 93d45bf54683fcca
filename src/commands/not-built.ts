import type { Refusal } from '../domain/refusal.ts';

/** Words that the product has and this version has not: they refuse, and are never taken for an environment. */
export const NOT_BUILT: readonly string[] = ['incident', 'history', 'logs', 'metrics', 'stats', 'changes', 'queue'];

/** Clients make one long dash of two, which is read as a short one. */
const OPTION = /^--|^-[a-z]/i;
const LATER = /(?:^| )(at \d{1,2}[:.]\d{2}|(?:for|in) \d+ ?(?:s|m|min|h|d))$/i;

/** `--dry-run`, and `at 18:00` or `for 2h` at the end: what it asks for is not built, and it must not be done at once instead. Words in quotes are a reason. */
export function refuseNotBuilt(words: readonly string[]): Refusal | undefined {
  const unquoted = words.join(' ').replaceAll(/"[^"]*"/g, '""').split(' ');
  const found = unquoted.find((word) => OPTION.test(word)) ?? LATER.exec(unquoted.join(' '))?.[1];
  return found === undefined ? undefined : { kind: 'not-built', verb: found, inReason: true };
}
