import type { ApprovalRequest } from '../approvals/approval.ts';
import type { AuditFact } from '../audit.ts';
import { barrierIn } from '../barriers/barriers.ts';
import { keysOf } from '../barriers/pass-key.ts';
import { PASSABLE, type Closed, type GateName } from '../gates/gate.ts';
import { isOver, withNote, type Pass, type Release } from '../release.ts';
import type { Principal } from '../app.ts';

/** What an owner has to say, at least: more than "because". Characters. */
export const SHORTEST_GLASS_REASON = 10;

/** The gate that the release waits at and that an owner can let it pass; undefined: there is none. */
export function gateInTheWay({ status, waiting, cancel, approvals }: Pick<Release, 'status' | 'waiting' | 'cancel' | 'approvals'>): GateName | undefined {
  if (status !== 'waiting' || !waiting || (cancel && !cancel.refused)) return undefined;
  if (waiting.for === 'gate') return isPassable(waiting.gate, waiting.because) ? waiting.gate : undefined;
  if (waiting.for === 'approval') return questionToPass(approvals, waiting.approvalId) && 'approval';
  if (waiting.for !== 'transition' || waiting.foreign || barrierIn(waiting.reason) === undefined) return undefined;
  return waiting.reason.startsWith('Jack freeze') ? 'freeze' : 'lock';
}

/** The question of this id, where a pass would answer it; undefined: it is closed, or somebody said no, which stands whether or not AWS knows it yet. */
export function questionToPass(approvals: readonly ApprovalRequest[], id: string): ApprovalRequest | undefined {
  return approvals.find((one) => one.id === id && (one.state === 'open' || one.state === 'decided') && one.verdict !== 'rejected');
}

/**
 * Whether breaking the glass would open it: a lock or a freeze that cannot be read cannot be named, and what is closed in
 * AWS on the way of an execution AWS itself holds, whatever Jack thinks of it.
 */
export function isPassable(gate: GateName, closed: Closed, route: 'pipeline' | 'version' = 'version'): boolean {
  if (gate === 'lock' || gate === 'freeze') return keysOf(closed).length > 0;
  return PASSABLE.has(gate) && !(gate === 'foreign-lock' && route === 'pipeline');
}

/** The same with the pass and its loud note. `id` names the wish: a repeat of it changes nothing. */
export function withPass<Passing extends Pick<Release, 'status' | 'notes' | 'passes'>>(release: Passing, pass: Pass, id: string, owners: readonly Principal[]): Passing {
  if (isOver(release) || hasBroken(release, id)) return release;
  const passing: Passing = { ...release, passes: [...(release.passes ?? []), pass] };
  return withNote(passing, glassKey(id), pass.at, { kind: 'broken-glass', gate: pass.gate, by: pass.by, reason: pass.reason, owners, ...(pass.environment !== undefined && { environment: pass.environment }) });
}

/** Whether this wish has been recorded already. */
export function hasBroken(release: Pick<Release, 'notes'>, id: string): boolean {
  return release.notes.some((note) => note.key === glassKey(id));
}

/** The line of the audit for one pass. The number of a release that is only now added is filled in by the store. */
export function glassFact({ gate, by, at, reason, environment }: Pass, { app, environment: own, number }: Pick<Release, 'app' | 'environment'> & { readonly number?: number }): AuditFact {
  return { at, who: by, what: 'gate.break-glass', on: { app, environment: environment ?? own, ...(number !== undefined && { release: number }) }, outcome: 'done', rule: 'role:owner', detail: `${gate}: ${reason}` };
}

function glassKey(id: string): string {
  return `broken-glass:${id}`;
}
