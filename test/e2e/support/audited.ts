import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { COMPILE_CACHE, NODE, ROOT } from './long-child.ts';
import type { Stage } from './stage.ts';

/** A line of the audit, as `jack audit export` prints it. */
export interface AuditLine {
  readonly seq: number;
  readonly who: string;
  readonly what: string;
  readonly on: { readonly app?: string; readonly environment?: string; readonly release?: number; readonly barrier?: string; readonly approval?: string };
  readonly outcome: string;
  readonly rule?: string;
  readonly detail?: string;
  readonly previous: string;
  readonly hash: string;
}

/** The whole audit of the stage's bot, oldest first, read while it runs. */
export async function auditOf(stage: Stage): Promise<readonly AuditLine[]> {
  const { code, text } = await jack(stage, 'audit', 'export');
  if (code !== 0) throw new Error(`jack audit export ended with ${code}: ${text}`);
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as AuditLine);
}

/** What the audit says when it is all over. */
export interface Audited {
  /** What was decided, and what AWS was made to do: one each, sorted, ids left out. */
  readonly decided: readonly string[];
  /** Of these, what is told more than once. Always empty. */
  readonly twice: readonly string[];
  /** IN_ORDER, or the first line that does not belong to the chain. */
  readonly chain: string;
}

/** What a chain without a defect is called. */
export const IN_ORDER = 'in order';

export async function auditedBy(stage: Stage): Promise<Audited> {
  const lines = await auditOf(stage);
  const decisions = lines.filter(isDecision);
  const whole = decisions.map(({ who, what, on, outcome, rule, detail }) => JSON.stringify([who, what, on, outcome, rule, detail]));
  return { decided: decisions.map(shown).sort(), twice: whole.filter((line, index) => whole.indexOf(line) !== index), chain: chainOf(lines) };
}

/** By the words of docs/operating/audit.md: the hash of a line is that of its JSON with sorted keys, and each names the one before it. */
function chainOf(lines: readonly AuditLine[]): string {
  const wrong = lines.find(({ hash, ...line }, index) => {
    const last = lines[index - 1]?.hash ?? '0'.repeat(64);
    return line.seq !== index + 1 || line.previous !== last || hash !== createHash('sha256').update(JSON.stringify(sorted(line))).digest('hex');
  });
  return wrong ? `broken at ${wrong.seq}` : IN_ORDER;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, sorted(field)]));
}

/**
 * What was said again because nobody answered is refused as often as it is said, and whether a release or its lock comes
 * first to the transition that both want closed, and so which closes it again with its own reason, is chance.
 */
function isDecision({ what, outcome }: AuditLine): boolean {
  return !/^(click|form|command)\.|^aws\.hold-transition$/.test(what) && !(what.startsWith('aws.') && outcome === 'refused');
}

function shown({ who, what, on, outcome, rule }: AuditLine): string {
  return [who, what, on.environment, on.release === undefined ? undefined : `#${on.release}`, outcome, rule].filter((word) => word !== undefined).join(' ');
}

async function jack(stage: Stage, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(NODE, [stage.options.program ?? 'src/main.ts', ...words], { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, JACK_DATA: stage.dataFolder, ...stage.options.env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}
