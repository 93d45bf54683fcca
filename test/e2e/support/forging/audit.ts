import { spawn } from 'node:child_process';
import { NODE, ROOT } from '../long-child.ts';
import type { Stage } from '../stage.ts';

/** A line of the audit, as `jack audit export` prints it. */
export interface AuditLine {
  readonly seq: number;
  readonly who: string;
  readonly what: string;
  readonly on: { readonly app?: string; readonly environment?: string; readonly release?: number };
  readonly outcome: string;
  readonly rule?: string;
  readonly detail?: string;
}

/** The whole audit of the stage's bot, oldest first, read while it runs. */
export async function auditOf(stage: Stage): Promise<readonly AuditLine[]> {
  const child = spawn(NODE, [stage.options.program ?? 'src/main.ts', 'audit', 'export'], { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', JACK_DATA: stage.dataFolder }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`jack audit export ended with ${code}: ${text}`);
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as AuditLine);
}
