import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The repository's folder. */
export const ROOT = new URL('../../../', import.meta.url).pathname;
/** The Node that the project runs on, also where an older one started npm. */
export const NODE = process.execPath;
/** Where Node keeps what it has compiled: a hundred processes run the same programs. */
export const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'jack-e2e', 'compiled');

/** A process that a test started; it is always ended by its id. */
export interface Child {
  readonly process: ChildProcess;
  /** Everything that it wrote, line by line, both streams. */
  readonly lines: string[];
  /** The first line that fits; rejects when the process ends or the time is over, with what it wrote. */
  line(fits: (line: string) => boolean, ms: number): Promise<string>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and waits; answers the exit code. */
  stop(): Promise<number | null>;
  readonly gone: Promise<number | null>;
}

export function startChild(args: readonly string[], env: Readonly<Record<string, string>>): Child {
  const child = spawn(NODE, [...args], { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const gone = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      resolve(code);
      for (const look of waiting) look();
    });
  });
  return {
    process: child,
    lines,
    gone,
    line: (fits, ms) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = (): void => {
          const found = lines.find(fits);
          if (found !== undefined) end(() => resolve(found));
          else if (child.exitCode !== null || child.signalCode !== null) end(() => reject(new Error(`the process ended (${child.exitCode ?? child.signalCode}):\n${lines.slice(-30).join('\n')}`)));
        };
        const timer = setTimeout(() => end(() => reject(new Error(`no such line in ${ms} ms:\n${lines.slice(-30).join('\n')}`))), ms);
        waiting.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      return gone;
    },
  };
}
