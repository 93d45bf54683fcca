import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of the demo: the sandbox, or the bot. */
export interface Child {
  readonly process: ChildProcess;
  /** The last lines it wrote to stderr, for telling why it ended. */
  lastWords(): string;
  /** Resolves with the exit code (or the signal's name) once it has ended. */
  readonly ended: Promise<number | string>;
  stop(): Promise<void>;
}

const KEPT_LINES = 12;
const PATIENCE_MS = 8000;

/** Runs a TypeScript file of the repository (path from its root) with this same Node. */
export function startChild(file: string, args: readonly string[], options: { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string }): Child {
  const root = new URL('../../', import.meta.url);
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, root)), ...args], { cwd: options.cwd, env: { ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit').then(([code, signal]: readonly (number | string | null)[]) => code ?? signal ?? 0);
  const words: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words.push(...text.split('\n').filter((line) => line.trim() !== ''));
    words.splice(0, words.length - KEPT_LINES);
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  };
  return { process: child, lastWords: () => words.join('\n'), ended, stop };
}
