import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** A process of which the two outputs are kept apart. */
export interface OneRun {
  readonly process: ChildProcess;
  /** The first line on stdout that matches; rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Runs Node with nothing of this process's environment but the path; with `uid` as somebody else, which only root can. */
export function run({ args, env, uid }: { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly uid?: number }): OneRun {
  const began = Date.now();
  const child = spawn(process.execPath, [...args], {
    env: { PATH: process.env['PATH'] ?? '', AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
  });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  let stderr = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout: lines.join('\n'), stderr, ms: Date.now() - began }));
  });
  return {
    process: child,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          const found = lines.find((line) => pattern.test(line));
          if (found !== undefined) resolve(found);
        };
        watchers.add(watch);
        watch();
        void ended.then((end) => reject(new Error(`ended with ${end.code} before ${String(pattern)}: ${end.stderr}`)));
      }),
  };
}

/** Asks it to stop, and waits until it has. */
export async function stopped(one: OneRun): Promise<Ended> {
  one.process.kill('SIGTERM');
  return one.ended;
}
