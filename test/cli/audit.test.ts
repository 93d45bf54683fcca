import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { audit } from '../../src/cli/audit.ts';
import { canonical, chained } from '../../src/domain/auditing/chain.ts';
import { openStore, sha256, type OpenStore } from '../../src/store/index.ts';
import { known } from '../store/subject.ts';
import { aFact } from '../store/samples.ts';

let folder = '';
let store: OpenStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jack-audit-'));
  store = await openStore({ kind: 'embedded', folder });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await store.close();
  await rm(folder, { recursive: true });
});

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function jack(...args: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const hear = (to: 'out' | 'err') => (words: unknown, done: unknown): boolean => {
    said[to] += String(words);
    if (typeof done === 'function') (done as () => void)();
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(hear('out'));
  jest.spyOn(process.stderr, 'write').mockImplementation(hear('err'));
  const code = await audit.run(args, { JACK_DATA: folder });
  jest.restoreAllMocks();
  return { code, ...said };
}

const write = (count: number): Promise<void> => store.addAudit(Array.from({ length: count }, (_, index) => aFact({ at: 1_700_000_000_000 + index, detail: `line ${index + 1}`, on: { app: 'shop', release: 7 } })));

/** Somebody with the file in their hands, whom no trigger keeps off. */
function inFile(statement: string): void {
  const file = new DatabaseSync(join(folder, 'jack.sqlite'));
  file.exec(statement);
  file.close();
}

/** Somebody with the file in their hands, who knows how to get rid of a trigger. */
function tamper(...statements: readonly string[]): void {
  inFile(['drop trigger audit_no_update', 'drop trigger audit_no_delete', ...statements].join(';'));
}

describe('jack audit verify', () => {
  it('finds the chain in order beside a Jack that is running', async () => {
    await write(1200);
    const head = known(await store.auditHead());
    const said = await jack('verify');
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain(`1200 lines, head 1200:${head.hash}\n`);
    await write(1);
    expect(await jack('verify', '--head', `1200:${head.hash}`)).toMatchObject({ code: 0, out: expect.stringContaining('The head that you gave, 1200, is part of it.') });
  });

  it('says so while nothing has been written', async () => {
    expect(await jack('verify')).toEqual({ code: 0, out: 'The audit has no lines yet.\n', err: '' });
  });

  it('still reads when Jack has stopped', async () => {
    await write(2);
    await store.close();
    expect((await jack('verify')).code).toBe(0);
    store = await openStore({ kind: 'embedded', folder });
  });

  it.each([
    ['a document that was changed', `update audit set document = replace(document, 'line 3', 'line x') where seq = 3`, 'Line 3 was changed: it does not match its own hash. The lines up to 2 are in order'],
    ['a release number that was changed', 'update audit set release = 8 where seq = 2', 'Line 2 was changed'],
    ['a release number that was removed', 'update audit set release = null where seq = 2', 'Line 2 was changed'],
    ['a hash that was changed', `update audit set hash = '${'0'.repeat(64)}' where seq = 4`, 'Line 4 was changed'],
    ['a document that is no JSON', `update audit set document = '{' where seq = 1`, 'Line 1 was changed: it does not match its own hash. No line before it is in order.'],
    ['a line that was removed', 'delete from audit where seq = 2', 'Line 2 was removed: after line 1 comes line 3.'],
    ['lines that were removed', 'delete from audit where seq < 4', 'Lines 1 to 3 were removed: after line 0 comes line 4.'],
    ['lines that were swapped', 'update audit set seq = 99 where seq = 2; update audit set seq = 2 where seq = 3; update audit set seq = 3 where seq = 99', 'Line 2 was changed'],
    ['a line put before the first', `insert into audit select 0, release, hash, document from audit where seq = 5`, 'Line 0 was changed'],
    ['a tail that was cut off', 'delete from audit where seq > 3', 'The tail was cut off: line 4 had been written'],
    ['a line of no chain', `insert into audit values (6, null, '${'a'.repeat(64)}', '{}')`, 'Line 6 was changed'],
  ])('finds %s', async (_what, statement, words) => {
    await write(5);
    tamper(statement);
    const said = await jack('verify');
    expect(said.out).toContain(words);
    expect(said.code).toBe(1);
  });

  it('finds a line that had been appended to another chain', async () => {
    await write(2);
    const { hash, seq, ...line } = chained(aFact(), 3, sha256('elsewhere'), sha256);
    tamper(`insert into audit values (${seq}, null, '${hash}', '${canonical(line)}')`);
    expect(await jack('verify')).toMatchObject({ code: 1, out: expect.stringContaining('Line 3 was written to another chain: it does not follow line 2') });
  });

  it.each([
    [1, 'Line 3 was put in without being counted: the counter stands at 2. Jack writes no more lines until that is mended. The lines up to 3 are in order among themselves.'],
    [2, 'Lines 3 to 4 were put in without being counted: the counter stands at 2.'],
  ])('finds %i well-chained lines that were put in past the counter', async (count, words) => {
    await write(2);
    for (let more = 0; more < count; more += 1) {
      const head = known(await store.auditHead());
      const { hash, seq, ...line } = chained(aFact(), head.seq + 1, head.hash, sha256);
      inFile(`insert into audit values (${seq}, null, '${hash}', '${canonical(line)}')`);
    }
    expect(await jack('verify')).toMatchObject({ code: 1, out: expect.stringContaining(words) });
  });

  it('finds that the counter is gone, with the lines and without them', async () => {
    await write(2);
    inFile(`delete from sequences where name = 'audit'`);
    expect(await jack('verify')).toMatchObject({ code: 1, out: expect.stringContaining('The counter that numbers the lines is gone: it should stand at 2, or higher') });
    tamper('delete from audit');
    expect(await jack('verify')).toMatchObject({ code: 1, out: expect.stringContaining('There is no line either.') });
  });

  it('finds with a head what leaves no trace in the lines', async () => {
    await write(5);
    const head = known(await store.auditHead());
    tamper('delete from audit where seq > 3', `update sequences set value = 3 where name = 'audit'`);
    expect((await jack('verify')).code).toBe(0);
    expect(await jack('verify', '--head', `5:${head.hash}`)).toMatchObject({ code: 1, out: expect.stringContaining('The tail was cut off: line 4') });
    await store.addAudit([aFact(), aFact(), aFact()]);
    expect((await jack('verify')).code).toBe(0);
    expect(await jack('verify', '--head', `5:${head.hash.toUpperCase()}`)).toMatchObject({ code: 1, out: expect.stringContaining('The chain was written anew: line 5 is not the one that you noted.') });
  });
});

describe('jack audit export', () => {
  it('prints each line as JSON from which its hash can be made again', async () => {
    await write(3);
    const { code, out } = await jack('export', '--since', '2');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { seq: number; hash: string });
    expect(lines.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(lines.map(({ hash: _hash, ...line }) => sha256(canonical(line)))).toEqual(lines.map(({ hash }) => hash));
  });

  it('prints cells that no spreadsheet takes for a formula', async () => {
    const texts = ['=1+1', '+1', '-1', '@sum', ' =1', '\t=1', 'a "b", c', 'a\nb', 'fine'];
    await store.addAudit(texts.map((detail) => aFact({ detail, at: 0 })));
    const { out } = await jack('export', '--csv');
    const [header = '', ...rows] = out.split('\r\n');
    expect(header.split(',')).toEqual(['seq', 'at', 'who', 'what', 'app', 'environment', 'release', 'barrier', 'approval', 'outcome', 'rule', 'detail', 'awsRequestId', 'previous', 'hash']);
    expect(rows[0]).toMatch(/^1,1970-01-01T00:00:00\.000Z,U0ADA00001,release\.request,shop,prod,,,,done,role:contributor,'=1\+1,,0{64},[0-9a-f]{64}$/);
    expect(rows.slice(4, 6)).toEqual([expect.stringContaining(`,'=1,`), expect.stringContaining(`,'=1,`)]);
    for (const cell of [`,'+1,`, `,'-1,`, `,'@sum,`, `,"a ""b"", c",`, `,"a\nb",`, ',fine,']) expect(out).toContain(cell);
  });

  it('prints nothing that a terminal obeys, and keeps the lines of a text', async () => {
    await store.addAudit([aFact({ detail: 'a\u001B[2J\u009B31mb\u202E\r\n\u0000=c\rd', who: 'arn:\u001B]0;x\u0007y' }), aFact({ detail: '\u0000=1' })]);
    const { out } = await jack('export', '--csv');
    expect(out.replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(out).toContain(`,"a [2J 31mb\n=c d",`);
    expect(out).toContain(',arn: ]0;x y,');
    expect(out).toContain(`,'=1,`);
  });
});

describe('lines with numbers below one', () => {
  it('are found to be wrong, and printed where nobody says from which on', async () => {
    await write(2);
    const { seq: _first, hash, ...line } = known((await store.auditLines({ limit: 1 }))[0]);
    tamper(`insert into audit values (-5, 7, '${hash}', '${canonical(line)}')`);
    expect((await jack('verify')).code).toBe(1);
    const seqs = async (...words: readonly string[]) => (await jack('export', ...words)).out.trimEnd().split('\n').map((text) => (JSON.parse(text) as { seq: number }).seq);
    expect(await seqs()).toEqual([-5, 1, 2]);
    expect(await seqs('--since', '1')).toEqual([1, 2]);
  });
});

describe('what cannot be looked at', () => {
  it.each([
    [['check']], [[]], [['verify', 'now']], [['verify', '--head']], [['verify', '--head', '12']], [['verify', '--head', '12:abc']],
    [['export', '--since', 'x']], [['export', '--since', '0']], [['export', '--xml']],
  ])('for %j is the usage', async (args) => {
    expect(await jack(...args)).toEqual({ code: 2, out: '', err: expect.stringMatching(/^Write it as: jack audit verify/) });
  });

  it('is told in a sentence where there is no store, and none is made', async () => {
    const elsewhere = join(folder, 'nothing');
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    expect(await audit.run(['verify'], { JACK_DATA: elsewhere })).toBe(2);
    expect(write.mock.calls.map(([words]) => words)).toEqual([`The data folder ${elsewhere} holds no jack.sqlite: name the folder that Jack runs with in JACK_DATA.\n`]);
  });

  it('is told where an older Jack wrote the store', async () => {
    tamper('drop table audit');
    expect(await jack('verify')).toEqual({ code: 2, out: '', err: expect.stringContaining('This store has no audit yet') });
  });
});
