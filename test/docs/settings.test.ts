import { describe, expect, it } from '@jest/globals';
import { quoted, read, rows } from './pages.ts';

/** The variables that Jack reads itself: `given(env, 'NAME')` and its kin. */
const own = [...new Set([...read('src/settings.ts').matchAll(/\(env, '([A-Z_]+)'/g)].map(([, name = '']) => name))];

/** The one that the AWS SDK reads and the docs have to name. */
const ofAws = 'AWS_ENDPOINT_URL';

/** The variables in the first column of a page's tables. */
function told(path: string): readonly string[] {
  return rows(read(path)).flatMap(([cell = '']) => quoted(cell)).filter((name) => /^[A-Z][A-Z_]+$/.test(name));
}

describe('the settings', () => {
  it('are found in src/settings.ts', () => {
    expect(own).toContain('SLACK_BOT_TOKEN');
    expect(own.length).toBeGreaterThan(8);
  });

  it.each(['docs/configuration.md', 'docs/operating/install.md'])('of %s are those that Jack reads', (path) => {
    expect(told(path).toSorted()).toEqual([...own, ofAws].sort());
  });
});
