import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pages, read, ROOT } from './pages.ts';

/** A heading's anchor, as the usual viewers of Markdown make it. */
function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(/[`*]/g, '').replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');
}

function anchorsOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));
}

/** The relative links of a page that lead nowhere. */
function broken(page: string): readonly string[] {
  const text = read(page).replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
  return links.filter((to) => {
    if (/^[a-z]+:/.test(to)) return false;
    const [file = '', part] = to.split('#');
    const path = file === '' ? page : join(dirname(page), file);
    return !existsSync(join(ROOT, path)) || (part !== undefined && !anchorsOf(path).includes(part));
  });
}

describe('relative links', () => {
  it.each(pages())('of %s lead somewhere', (page) => {
    expect(broken(page)).toEqual([]);
  });
});
