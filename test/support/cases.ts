/**
 * How many cases a property is tried on. The quick loop (`npm run check`) sets JACK_CASES to a share of them, such as
 * 0.1; everything else, and so the whole test run, tries them all.
 */
export function cases(all: number): number {
  const share = Number(process.env['JACK_CASES'] ?? '1');
  return Math.max(1, Math.ceil(all * (Number.isFinite(share) && share > 0 ? share : 1)));
}
