import { expect, it } from '@jest/globals';
import { sourceFiles } from '../support/source-files.ts';
import { marked, quoted, read } from './pages.ts';

it('docs/operating/permissions.md lists the actions that the code calls', () => {
  const called = sourceFiles('src/aws').flatMap((file) => [...file.text.matchAll(/'([a-z]+:[A-Z][A-Za-z]+)'/g)].map(([, action = '']) => action));
  const listed = quoted(marked(read('docs/operating/permissions.md'), 'actions'));
  expect(new Set(called).size).toBeGreaterThan(15);
  expect(listed.toSorted()).toEqual([...new Set(called)].sort());
});

it('every AWS call of the code has such an action', () => {
  const commands = sourceFiles('src/aws').flatMap((file) => [...file.text.matchAll(/new ([A-Z]\w+)Command\(/g)].map(([, operation = '']) => operation));
  const listed = quoted(marked(read('docs/operating/permissions.md'), 'actions')).map((action) => action.split(':')[1] ?? '');
  expect([...new Set(commands)].sort()).toEqual([...new Set(listed)].sort());
});
