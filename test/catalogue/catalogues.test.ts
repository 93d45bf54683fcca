import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buttons } from '../../src/buttons/index.ts';
import { RESERVED, commands } from '../../src/commands/index.ts';
import { RESERVED_WORDS } from '../../src/config/reserved-words.ts';
import { gates } from '../../src/domain/gates/index.ts';
import { forms } from '../../src/forms/index.ts';
import { sourceFiles } from '../support/source-files.ts';

/** Every value that a file of the folder exports and that has these members. */
async function exported(folder: string, ...members: readonly string[]): Promise<readonly unknown[]> {
  const files = sourceFiles(folder).filter((file) => basename(file.path) !== 'index.ts');
  const modules = await Promise.all(files.map((file) => import(`../../${file.path}`) as Promise<Readonly<Record<string, unknown>>>));
  return modules.flatMap((module) => Object.values(module)).filter((value) => typeof value === 'object' && value !== null && members.every((member) => member in value));
}

const twice = (ids: readonly string[]): readonly string[] => ids.filter((id, index) => ids.indexOf(id) < index);

describe('the commands', () => {
  it('are all in their table', async () => {
    const written = await exported('src/commands', 'verb', 'usages', 'run');
    expect(written.length).toBeGreaterThan(3);
    expect(written.filter((command) => !commands.some((one) => one === command))).toEqual([]);
  });

  it('have a verb of their own', () => {
    expect(twice(commands.map((command) => command.verb))).toEqual([]);
  });

  it.each(commands.map((command) => [command.verb, command] as const))('%s has usage lines that start with its verb', (verb, command) => {
    expect(command.usages.length).toBeGreaterThan(0);
    expect(command.usages.filter((usage) => !new RegExp(`^/(jack |deploy )?${verb}\\b`).test(usage))).toEqual([]);
    expect(command.says).toMatch(/^[A-Z].*\.$/s);
  });

  it.each(RESERVED)('keep the word %s from naming an app or an environment', (word) => {
    expect(RESERVED_WORDS).toContain(word);
  });
});

describe('the buttons', () => {
  it('are all in their table', async () => {
    const written = await exported('src/buttons', 'id', 'press');
    expect(written.length).toBeGreaterThan(3);
    expect(written.filter((button) => !buttons.some((one) => one === button))).toEqual([]);
  });

  it('have an id of their own', () => {
    expect(twice(buttons.map((button) => button.id))).toEqual([]);
  });
});

describe('the forms', () => {
  it('are all in their table', async () => {
    const written = await exported('src/forms', 'id', 'submit');
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((form) => !forms.some((one) => one === form))).toEqual([]);
  });

  it('have an id of their own', () => {
    expect(twice(forms.map((form) => form.id))).toEqual([]);
  });
});

describe('the gates', () => {
  it('are all in the order', async () => {
    const files = sourceFiles('src/domain/gates').map((file) => basename(file.path, '.ts')).filter((name) => name !== 'index' && name !== 'gate');
    expect(gates).toHaveLength(files.length);
  });
});
