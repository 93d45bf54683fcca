import { accessSync, constants, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreProblem } from './store-problem.ts';

/** Linux's magic numbers of network file systems (statfs(2)). SQLite's locks and syncs cannot be trusted there. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB2'],
  [0xff534d42, 'CIFS'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x01021997, '9P'],
]);

/** Makes the folder where it is missing. Throws `StoreProblem` when Jack could not keep its data there. */
export function prepareFolder(folder: string): void {
  const where = resolve(folder);
  try {
    mkdirSync(where, { recursive: true, mode: 0o700 });
    accessSync(where, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StoreProblem(`The data folder ${where} cannot be written (${codeOf(cause)}): make it writable for this user, or name another folder with JACK_DATA.`, cause);
  }
  const network = networkFileSystem(statfsSync(where).type);
  if (network !== undefined) {
    throw new StoreProblem(`The data folder ${where} is on a network file system (${network}), where a database is not safe: name a local folder with JACK_DATA, or use PostgreSQL with DATABASE_URL.`);
  }
}

/** Its name, when the file system's type (statfs) is one that is shared over a network. */
export function networkFileSystem(type: number): string | undefined {
  return process.platform === 'linux' ? NETWORK.get(type >>> 0) : undefined;
}

/**
 * Takes the folder for this process. The lock is SQLite's own on an empty database beside the real one: the system frees
 * it when the process ends in whatever way, and other programs can still read and back up the real one.
 */
export function lockFolder(folder: string): { free(): void } {
  const lock = new DatabaseSync(join(folder, 'jack.lock'), { timeout: 500 });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    const holder = readHolder(folder);
    throw new StoreProblem(
      `The data folder ${resolve(folder)} is in use by another Jack${holder}: stop that one, or give this one a folder of its own with JACK_DATA (several replicas share a PostgreSQL: DATABASE_URL).`,
      cause,
    );
  }
  writeFileSync(join(folder, 'jack.pid'), `${process.pid}\n`);
  return { free: () => lock.close() };
}

function readHolder(folder: string): string {
  try {
    return ` (process ${readFileSync(join(folder, 'jack.pid'), 'utf8').trim()})`;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return '';
    throw cause;
  }
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(cause);
}
