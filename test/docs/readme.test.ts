import { describe, expect, it } from '@jest/globals';
import { read } from './pages.ts';

const readme = read('README.md');
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** The lines of the shell blocks under a heading. */
function shellLines(heading: string): readonly string[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, lines = '']) => lines.trim().split('\n'));
}

describe('the README', () => {
  it('starts the demo with one line', () => {
    expect(shellLines('Try it')).toEqual(['npm ci && npm run demo']);
  });

  it('runs the tests with one line', () => {
    expect(shellLines('Run the tests')).toEqual(['npm ci && npm test']);
  });

  it('has no other shell line', () => {
    expect([...readme.matchAll(/```sh\n/g)]).toHaveLength(2);
  });
});

describe('an npm script that the docs name', () => {
  const named = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/operating/install.md', 'docs/operating/running.md'].flatMap((path) => {
    const runs = [...read(path).matchAll(/\bnpm (?:run (?:-s )?([\w:]+)|(test|start)\b)/g)];
    return runs.map(([, script, short]) => [script ?? short ?? '', path] as const);
  });

  it.each(named)('%s (in %s) is there', (script) => {
    expect(Object.keys(scripts)).toContain(script);
  });
});
