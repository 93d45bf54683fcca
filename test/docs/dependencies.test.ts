import { describe, expect, it } from '@jest/globals';
import { marked, quoted, read, rows } from './pages.ts';

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const page = read('docs/architecture.md');
const bot = JSON.parse(read('package.json')) as PackageFile;
const sandbox = JSON.parse(read('sandbox/package.json')) as PackageFile;

const tables = [
  ['dependencies', Object.keys(bot.dependencies)],
  ['dev', Object.keys({ ...bot.devDependencies, ...bot.optionalDependencies })],
  ['sandbox', Object.keys({ ...sandbox.dependencies, ...sandbox.devDependencies })],
] as const;

describe('docs/architecture.md', () => {
  it.each(tables)('has each package of the table %s, and no other', (name, packages) => {
    const named = rows(marked(page, name)).map(([cell]) => quoted(cell ?? '')[0] ?? '');
    expect(named.toSorted()).toEqual([...packages].sort());
  });

  it.each(tables)('has a reason for each package of the table %s', (name, _packages) => {
    expect(rows(marked(page, name)).filter(([, reason = '']) => reason.length < 3)).toEqual([]);
  });
});

describe('the versions of packages', () => {
  const all = [bot, sandbox].flatMap((file) => Object.entries({ ...file.dependencies, ...file.devDependencies, ...file.optionalDependencies }));

  it.each(all)('%s is exact', (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });
});
