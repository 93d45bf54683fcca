import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The text of a file of the repository, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every Markdown page of the repository, by its path from the root. */
export function pages(): readonly string[] {
  const below = ['docs', 'sandbox', 'src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );
  return [...readdirSync(ROOT), ...below].filter((path) => path.endsWith('.md')).sort();
}

/** What stands on a page between `<!-- name -->` and `<!-- /name -->`. Throws when it is not there. */
export function marked(page: string, name: string): string {
  const [, inside] = page.split(`<!-- ${name} -->\n`);
  const [text, after] = inside?.split(`<!-- /${name} -->`) ?? [];
  if (text === undefined || after === undefined) throw new Error(`The page has no part marked ${name}.`);
  return text;
}

/** The page with another text between the marks. */
export function withMarked(page: string, name: string, text: string): string {
  const old = marked(page, name);
  return page.replace(`<!-- ${name} -->\n${old}<!-- /${name} -->`, () => `<!-- ${name} -->\n${text}<!-- /${name} -->`);
}

/** The cells of each row of the tables in a text, headings left out. */
export function rows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines
    .filter((line, index) => !/^\|[-| ]+\|$/.test(line) && !/^\|[-| ]+\|$/.test(lines[index + 1] ?? ''))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
}

/** What a text has between single backquotes. */
export function quoted(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}
