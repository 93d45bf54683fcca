import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';

const WRITER = join(import.meta.dirname, 'writer.ts');

/** Runs the writer, kills it `afterMs` after it has opened the store, and answers with the newest version it saw acknowledged of each release. */
async function writeAndDie(folder: string, afterMs: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, ['--no-warnings', WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8');
  });
  await once(child.stdout, 'data');
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  const lines = printed.split('\n').slice(1, -1);
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
}

it('loses nothing that was acknowledged, however often the process is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jack-kill-'));
  const acknowledged = new Map<string, number>();
  for (let kill = 0; kill < 10; kill += 1) {
    for (const [id, version] of await writeAndDie(folder, 5 + 13 * kill)) acknowledged.set(id, version);
  }
  const store = await openStore({ kind: 'embedded', folder });
  const missing: string[] = [];
  for (const [id, version] of acknowledged) {
    if (((await store.release(id))?.version ?? 0) < version) missing.push(id);
  }
  const all = await store.recentReleases({ limit: 1_000_000 });
  await store.close();
  await rm(folder, { recursive: true });
  expect(acknowledged.size).toBeGreaterThan(20);
  expect(missing).toEqual([]);
  // Each number once and without a gap: no half of a transaction was left behind.
  expect(all.map((release) => release.number)).toEqual(all.map((_, index) => all.length - index));
}, 60_000);
