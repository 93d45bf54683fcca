/** The known word that is most like the asked one, if any is close enough to be meant. */
export function nearest(asked: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(asked.length / 2));
  const ranked = known
    .map((word) => ({ word, far: word.startsWith(asked) ? 0.5 : distance(asked.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= limit ? best.word : undefined;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, ca] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, cb] of Array.from(b).entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (ca === cb ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
