import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { verifyAudit } from '../../../src/domain/auditing/verify.ts';
import { COMPILE_CACHE, NODE, ROOT } from './long-child.ts';
import type { Stage } from './stage.ts';

/** The whole audit of the stage's bot, oldest first, read while it runs. */
export async function auditOf(stage: Stage): Promise<readonly AuditEntry[]> {
  const { code, text } = await jack(stage, 'audit', 'export');
  if (code !== 0) throw new Error(`jack audit export ended with ${code}: ${text}`);
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as AuditEntry);
}

/** What the audit says when it is all over. */
export interface Audited {
  /** What was decided, and what AWS was made to do: one each, sorted, ids left out. */
  readonly decided: readonly string[];
  /** Of these, what is told more than once. Always empty. */
  readonly twice: readonly string[];
  /** Whether its lines are a chain, by the rule of `jack audit verify`; else the first defect. */
  readonly chain: string;
}

/** What a chain without a defect is called. */
export const IN_ORDER = 'in order';

export async function auditedBy(stage: Stage): Promise<Audited> {
  const lines = await auditOf(stage);
  const verdict = verifyAudit(lines, (text) => createHash('sha256').update(text).digest('hex'));
  const decisions = lines.filter(isDecision);
  const whole = decisions.map(({ who, what, on, outcome, rule, detail }) => JSON.stringify([who, what, on, outcome, rule, detail]));
  return { decided: decisions.map(shown).sort(), twice: whole.filter((line, index) => whole.indexOf(line) !== index), chain: verdict.ok ? IN_ORDER : `${verdict.defect} at ${verdict.seq}` };
}

/**
 * What was said again because nobody answered is refused as often as it is said, and whether a release or its lock comes
 * first to the transition that both want closed, and so which closes it again with its own reason, is chance.
 */
function isDecision({ what, outcome }: AuditEntry): boolean {
  return !/^(click|form|command)\.|^aws\.hold-transition$/.test(what) && !(what.startsWith('aws.') && outcome === 'refused');
}

function shown({ who, what, on, outcome, rule }: AuditEntry): string {
  return [who, what, on.environment, on.release === undefined ? undefined : `#${on.release}`, outcome, rule].filter((word) => word !== undefined).join(' ');
}

async function jack(stage: Stage, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(NODE, [stage.options.program ?? 'src/main.ts', ...words], { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, JACK_DATA: stage.dataFolder, ...stage.options.env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}
