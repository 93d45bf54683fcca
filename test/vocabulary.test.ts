import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sourceFiles, syntaxOf } from './support/source-files.ts';

interface Row {
  readonly say: string;
  readonly not: readonly string[];
  readonly except: readonly string[];
}

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'vocabulary.md'), 'utf8');
const quoted = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const rows: readonly Row[] = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| say '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, say = '', , not, except]) => ({ say, not: quoted(not), except: quoted(except) }));

/** A name in small words: `envName` and `ENV_NAME` are both `-env-name-`. */
const inWords = (name: string): string => `-${name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').replaceAll(/[_\s]+/g, '-').toLowerCase()}-`;

/** Every name in `src` and the files where it stands. */
const names = new Map<string, Set<string>>();
for (const file of sourceFiles('src')) {
  for (const node of syntaxOf(file).nodes) {
    if (node.type !== 'Identifier' || typeof node['value'] !== 'string') continue;
    names.set(node['value'], (names.get(node['value']) ?? new Set()).add(file.path));
  }
}

describe('the vocabulary', () => {
  it('has words to look for', () => {
    expect(rows.flatMap((row) => row.not).length).toBeGreaterThan(30);
    expect(names.size).toBeGreaterThan(500);
  });

  it.each(rows.filter((row) => row.not.length > 0).map((row) => [row.say, row] as const))('%s', (_say, row) => {
    const wrong = [...names].flatMap(([name, places]) => {
      const word = row.not.find((one) => inWords(name).includes(inWords(one)));
      if (word === undefined || row.except.includes(name)) return [];
      return [...places].filter((place) => !row.except.some((path) => path.includes('/') && place.startsWith(path))).map((place) => `${place}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});
