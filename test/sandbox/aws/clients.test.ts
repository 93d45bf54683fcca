import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mutates } from '../../../sandbox/aws/engine/mutates.ts';
import { newestSdk, olderSdk, serviceOfPackage, type Ask } from '../support/aws-clients.ts';
import { awsSandbox, type AwsSandbox } from '../support/aws-sandbox.ts';
import { rows, type Row } from '../support/client-rows.ts';
import { cliRows, readWithCli } from '../support/aws-cli.ts';
import { comparable, dateless, knownTo } from '../support/same-answer.ts';

let aws: AwsSandbox;
let newest: Ask;
let older: ReturnType<typeof olderSdk>;

beforeAll(async () => {
  aws = await awsSandbox();
  newest = newestSdk(aws.config);
  older = olderSdk(aws.config);
});

afterAll(() => aws.running.stop());

/** Asks in an account of its own, in which nothing has happened yet but what the row needs. */
async function inNewAccount(row: Row, ask: Ask): Promise<object> {
  await aws.door('POST', 'reset', { speed: 1 });
  return ask(row.service, row.operation, await inputOf(row));
}

async function inputOf(row: Row): Promise<object> {
  return typeof row.input === 'function' ? row.input({ aws, ask: newest }) : row.input;
}

describe('two generations of AWS clients read the sandbox alike', () => {
  it.each(rows.filter((row) => !mutates(row.operation)).map((row) => [`${row.service} ${row.operation}`, row] as const))('%s', async (_name, row) => {
    await aws.door('POST', 'reset', { speed: 1 });
    const input = await inputOf(row);
    const one = await newest(row.service, row.operation, input);
    const other = await older.ask(row.service, row.operation, input);
    expect(Object.keys(comparable(one)).length).toBeGreaterThan(0);
    expect(comparable(other)).toEqual(comparable(knownTo(older.output(row.service, row.operation), one)));
  });

  it.each(rows.filter((row) => mutates(row.operation)).map((row) => [`${row.service} ${row.operation}`, row] as const))('%s', async (_name, row) => {
    const one = await inNewAccount(row, newest);
    const other = await inNewAccount(row, older.ask);
    expect(comparable(dateless(other))).toEqual(comparable(dateless(knownTo(older.output(row.service, row.operation), one))));
  });

  it.each(cliRows)('as does the aws command line: %s', async (_name, row) => {
    await aws.door('POST', 'reset', { speed: 1 });
    const { said, read } = await readWithCli(row, { aws, ask: newest });
    expect(read).toEqual(said);
  });
});

describe('the table of operations', () => {
  it('has every operation that Jack imports', () => {
    const folder = new URL('../../../src/aws/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const imports = files.flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/import\s*\{([^}]*)\}\s*from '(@aws-sdk\/client-[\w-]+)'/g)]);
    const used = imports.flatMap(([, names = '', name = '']) => [...names.matchAll(/(\w+)Command\b/g)].map(([, operation]) => `${serviceOfPackage(name)} ${operation}`));
    const known = rows.map((row) => `${row.service} ${row.operation}`);
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((operation) => !known.includes(operation))).toEqual([]);
  });
});
