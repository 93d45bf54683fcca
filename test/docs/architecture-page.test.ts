import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { marked, quoted, read, ROOT, rows } from './pages.ts';

const page = read('docs/architecture.md');

/** Folders with files in them, to a depth, as `src/store/`. */
function folders(top: string, depth: number): readonly string[] {
  const files = readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(ROOT, entry.parentPath).split('/'));
  const paths = files.flatMap((parts) => parts.map((_, index) => parts.slice(0, index + 1))).filter((parts) => parts.length <= depth);
  return [...new Set(paths.map((parts) => `${parts.join('/')}/`))];
}

/** Of the sandbox's services only the folder of each: what is inside is in their READMEs. Of the tests those that do not mirror `src`. */
const real = [...folders('src', 9), ...folders('sandbox', 3).filter((path) => !/^sandbox\/(?!aws|slack|web)[^/]+\/./.test(path)), ...folders('test', 2).filter((path) => path === 'test/' || !existsSync(join(ROOT, path.replace('test/', 'src/'))))];

describe('the tree of docs/architecture.md', () => {
  const drawn = marked(page, 'tree').split('\n').filter((line) => line.includes('/')).map((line) => /^(\S+)\s+(.*)$/.exec(line));

  it('has each folder, and none that is not there', () => {
    expect(drawn.map((line) => line?.[1] ?? '').toSorted()).toEqual(real.toSorted());
  });

  it('says of each what it is for', () => {
    expect(drawn.filter((line) => (line?.[2] ?? '').length < 10)).toEqual([]);
  });
});

describe('the table of imports in docs/architecture.md', () => {
  /** Of each part of `src` what the architecture test lets it import: `domain: { own: ['…'] … }`. */
  const held = [...read('test/architecture.test.ts').matchAll(/^ {2}'?([a-z.]+)'?: \{ own: \[([^\]]*)\](.*)\},$/gm)];
  const own = new Map(held.map(([, part = '', list = '']) => [part, [...list.matchAll(/'(?:type:)?([^']+)'/g)].map(([, name = '']) => name)]));
  const table = rows(marked(page, 'imports')).flatMap(([parts = '', may = '']) => quoted(parts).map((part) => [part, may] as const));

  it('has every part that the test knows', () => {
    expect(own.size).toBeGreaterThan(10);
    expect(table.map(([part]) => part).toSorted()).toEqual([...own.keys()].filter((part) => part !== '.').toSorted());
  });

  it.each(table.filter(([, may]) => may !== 'all'))('lets %s import what the test lets it', (part, may) => {
    const named = may === '–' ? [] : may.replaceAll('types of ', '').split(', ');
    expect(named.toSorted()).toEqual([...(own.get(part) ?? [])].sort());
  });
});
