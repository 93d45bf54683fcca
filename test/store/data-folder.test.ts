import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { networkFileSystem } from '../../src/store/data-folder.ts';
import { StoreProblem, openStore } from '../../src/store/index.ts';
import { aRelease } from './samples.ts';

jest.setTimeout(60_000);

const WRITER = join(import.meta.dirname, 'writer.ts');

const problemWith = async (path: string): Promise<string> => {
  const cause: unknown = await openStore({ kind: 'embedded', folder: path }).then((store) => store.close(), (reason: unknown) => reason);
  expect(cause).toBeInstanceOf(StoreProblem);
  return cause instanceof Error ? cause.message : '';
};


describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jack-folder-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is made where it is missing, and keeps everything when it is opened again', async () => {
    const inside = join(folder, 'deep', 'data');
    const first = await openStore({ kind: 'embedded', folder: inside });
    const { release } = await first.addRelease(aRelease());
    await first.close();
    const again = await openStore({ kind: 'embedded', folder: inside });
    expect(await again.release(release.id)).toEqual(release);
    await again.close();
  });

  it('frees the leases of the boot before', async () => {
    const first = await openStore({ kind: 'embedded', folder });
    await first.nudge('a', 0);
    await first.claim('first', 100, 3_600_000);
    await first.close();
    const again = await openStore({ kind: 'embedded', folder });
    await again.freeLeases();
    expect(await again.claim('again', 200, 1000)).toMatchObject({ claim: { key: 'a', epoch: 2 } });
    await again.close();
  });

  it('belongs to one process, and says who has it', async () => {
    const child = spawn(process.execPath, ['--no-warnings', WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(await problemWith(folder)).toBe(
      `The data folder ${folder} is in use by another Jack (process ${child.pid}): stop that one, or give this one a folder of its own with JACK_DATA (several replicas share a PostgreSQL: DATABASE_URL).`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    const free = await openStore({ kind: 'embedded', folder });
    await free.close();
  });

  it('cannot be opened twice in one process either', async () => {
    const store = await openStore({ kind: 'embedded', folder });
    expect(await problemWith(folder)).toContain('is in use by another Jack');
    await store.close();
  });

  it('must be a folder that can be written', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await problemWith(join(folder, 'file', 'data'))).toContain('cannot be written (ENOTDIR): make it writable for this user, or name another folder with JACK_DATA.');
  });

  it('must not hold something else under the name of the database', async () => {
    await writeFile(join(folder, 'jack.sqlite'), 'hello'.repeat(1000));
    expect(await problemWith(folder)).toBe(`The data folder ${folder} holds a jack.sqlite that is no database: move that file away, or put a backup in its place.`);
  });

  it('must not have been written by a newer Jack', async () => {
    await (await openStore({ kind: 'embedded', folder })).close();
    const file = new DatabaseSync(join(folder, 'jack.sqlite'));
    file.exec(`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`);
    file.close();
    expect(await problemWith(folder)).toContain('was written by a newer Jack (it has "9999-from-the-future")');
  });

  it('must not be on a network file system', () => {
    expect(networkFileSystem(0x6969)).toBe('NFS');
    expect(networkFileSystem(0xff534d42 | 0)).toBe('CIFS');
    expect(networkFileSystem(0xef53)).toBeUndefined();
  });
});
