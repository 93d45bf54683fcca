import { askedFirstWords, type AskedFirst } from './approvals/asked-first.ts';
import type { GateName } from '../domain/gates/gate.ts';
import type { Revision } from '../domain/revision.ts';
import { PASSED } from './gates/passed-words.ts';
import { actions, button, context, section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { dateAndClock, listed, mention, plain, revisionWords } from './words.ts';

/** What a rollback would do, as the view needs it. */
export interface ShownPlan {
  readonly app: string;
  readonly environment: string;
  readonly target: Revision & { readonly label: string };
  readonly targetSince?: number;
  readonly standing: 'verified' | 'deployed' | 'bad' | 'unknown';
  readonly running?: Revision;
  readonly runningSince?: number;
  readonly mixed?: readonly { readonly revision: Revision; readonly count: number }[];
  readonly lockedBy?: string;
  /** Absent for the caller’s own lock, which is made to last. */
  readonly lockedUntil?: number;
  /** Who is asked before anything is done. */
  readonly approval?: AskedFirst;
  /** It waits for somebody who may deploy, and goes on with the caller. */
  readonly joins?: { readonly number: number; /** Others, who may not deploy any more; empty: the caller asked for it. */ readonly askers: readonly string[] };
  readonly inFlight?: { readonly kind: 'application' | 'other'; readonly text: string };
  /** Closed gates that the owner lets it pass. */
  readonly passed?: readonly GateName[];
}

const STANDING = {
  verified: 'it was live and verified there',
  deployed: ':warning: it was deployed there, but I never verified it',
  bad: ':warning: its last deployment there failed',
  unknown: ':warning: it never ran there, as far as I know',
} as const;

/** Seen by the caller alone; one confirm. */
export function rollbackPlanReply(plan: ShownPlan, id: string, redrawn: boolean): Reply {
  const where = `${plain(plan.app, 60)} → ${plain(plan.environment, 60)}`;
  const text = `Roll *${where}* back to ${revisionWords(plan.target)}?`;
  const lines = [
    ...(redrawn ? [':warning: Things changed since the last plan. This is the new one.'] : []),
    `Roll ${where} back?`,
    `• runs: ${plan.running ? revisionWords(plan.running) : 'unknown'}${plan.runningSince === undefined ? '' : `, since ${dateAndClock(plan.runningSince)}`}`,
    ...(plan.mixed ? [`• :warning: instances differ: ${listed(plan.mixed.map((one) => `${one.count} on ${revisionWords(one.revision)}`))}`] : []),
    `• goes back to: ${revisionWords(plan.target)}${plan.targetSince === undefined ? '' : `, there from ${dateAndClock(plan.targetSince)}`}; ${STANDING[plan.standing]}`,
    `• how: Beanstalk \`UpdateEnvironment\` to \`${plain(plan.target.label, 100)}\``,
    ...joinsLine(plan),
    ...(plan.approval ? [`• ${askedFirstWords(plan.approval)}`] : []),
    ...inFlightLine(plan),
    ...glassLine(plan),
  ];
  return {
    text,
    blocks: [
      section(lines.join('\n')),
      context(lockWords(plan)),
      actions('rollback:confirm', button('Roll back', 'rollback.confirm', id, { style: 'danger' }), button('Leave it', 'choose.nothing', id)),
    ],
  };
}

function joinsLine({ joins }: ShownPlan): readonly string[] {
  if (!joins) return [];
  if (joins.askers.length === 0) return [`• goes on with #${joins.number}, which you asked for already`];
  return [`• joins #${joins.number}, which waits to do just that: ${listed(joins.askers.slice(0, 10).map(mention))} asked for it and may not deploy any more, so it goes on with you`];
}

/** What becomes of the lock. */
function lockWords({ environment, lockedBy, lockedUntil, joins }: ShownPlan): string {
  const where = `*${plain(environment, 60)}*`;
  if (lockedBy !== undefined) return `${where} stays locked by ${lockedBy === 'jack.yml' ? lockedBy : mention(lockedBy)}, ${lockedUntil === undefined ? 'for 24 hours at least' : `until ${dateAndClock(lockedUntil)} and no longer`}, so that the next push does not ship the same fault again.`;
  if (joins) return `The lock of #${joins.number} is over, so the next push may ship the same fault again: \`/deploy lock ${plain(environment, 60)} <why>\` keeps it out.`;
  return `${where} is locked from then on, by you and for 24 hours, so that the next push does not ship the same fault again. \`/deploy unlock ${plain(environment, 60)}\` ends that.`;
}

function glassLine({ passed = [] }: ShownPlan): readonly string[] {
  return passed.length === 0 ? [] : [`• :rotating_light: breaks the glass: it passes ${listed(passed.map((gate) => PASSED[gate]))}. Nothing is passed until you confirm.`];
}

function inFlightLine(plan: ShownPlan): readonly string[] {
  if (!plan.inFlight) return [];
  if (plan.inFlight.kind === 'application') return ['• :warning: a deployment is in flight: it is aborted first'];
  return [`• :warning: another operation is in flight and is awaited first: “${plain(plan.inFlight.text, 200)}”`];
}
