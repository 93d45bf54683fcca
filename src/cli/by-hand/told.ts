import type { Environment } from '../../domain/app.ts';
import { barrierIn } from '../../domain/barriers/barriers.ts';
import { holderOf } from '../../domain/effect.ts';
import { readsLikeJacks } from '../../domain/gates/foreign-lock.ts';
import type { DisabledTransition, ObservedEnvironment, ObservedExecution, Time } from '../../domain/observation.ts';
import { withoutUnseen } from './word.ts';

/** What is so in AWS, in plain lines for a terminal. */

const LONGEST = 200;

/** Somebody else's words: nothing that a terminal obeys, and not for ever. */
export function plain(text: string): string {
  const seen = withoutUnseen(text);
  return seen.length > LONGEST ? `${seen.slice(0, LONGEST)}…` : seen;
}

export function utc(time: Time): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function environmentLines(seen: ObservedEnvironment): readonly string[] {
  const counts = new Map<string, number>();
  for (const { label = 'an unknown version' } of seen.instances ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  const abortable = seen.abortable ? '; what is at work can be aborted' : '';
  return [
    `Runs ${plain(seen.label ?? 'no version')}: ${seen.status}, health ${plain(seen.health.word)}${abortable}.`,
    ...(counts.size === 0 ? [] : [`Instances: ${[...counts].map(([label, count]) => `${count} on ${plain(label)}`).join(', ')}.`]),
  ];
}

/** AWS does not know the policy, so whoever works by hand has to keep it. */
export function policyLine({ approval }: Pick<Environment, 'approval'>): readonly string[] {
  if (!approval) return [];
  return [`To approve here takes ${approval.count} of ${approval.from.join(', ') || 'nobody'} (Slack ids, from jack.yml).`];
}

export function executionLine(execution: ObservedExecution): string {
  const [revision] = execution.revisions;
  const what = [revision?.id?.slice(0, 8), revision?.summary].filter((word) => word !== undefined).map((word) => plain(word)).join(' ');
  const asks = openApprovals(execution).map((one) => `asks for approval ${one.stage} / ${one.action}`);
  const waits = execution.before ? [`waits in front of ${execution.before.stage}`] : [];
  return `${[`On its way in ${execution.pipeline}: ${execution.id}${what === '' ? '' : ` (${what})`}`, ...asks, ...waits].join(', ')}.`;
}

/** The approvals that an execution asks for now. */
export function openApprovals(execution: ObservedExecution): readonly { readonly stage: string; readonly action: string }[] {
  return execution.stages.flatMap((stage) => stage.actions.filter((action) => action.kind === 'approval' && action.status === 'InProgress').map((action) => ({ stage: stage.name, action: action.name })));
}

/** A closed way into a stage. */
export type ClosedWay = DisabledTransition & { readonly pipeline: string };

/** Jack itself knows its own by their ids; without its data the words are all there is. */
const BY_WORDS = 'Whose that is was read from the words of the reason, which anybody can write: where the name behind “by” is not Jack’s, ask that one before you open anything.';

/** A line each, and how far they can be trusted. */
export function closedLines(closed: readonly ClosedWay[]): readonly string[] {
  return [...closed.map(closedLine), ...(closed.some(readsLikeJacks) ? [BY_WORDS] : [])];
}

function closedLine({ pipeline, stage, reason, by, at }: ClosedWay): string {
  const since = at === undefined ? '' : ` since ${utc(at)}`;
  const who = by === undefined ? '' : ` by ${plain(by)}`;
  return `Closed: the way into ${pipeline} / ${stage}${since}${who}: “${plain(reason)}”. ${whose(reason)}`;
}

/** Whose a hold is, by the words of its reason, and when it may go. */
export function whose(reason: string): string {
  const release = holderOf(reason);
  if (release !== undefined) return `By its words Jack’s, for release ${release}: free it once the environment is Ready and runs what you want.`;
  if (barrierIn(reason) === undefined) return 'Not Jack’s: ask who closed it.';
  return reason.startsWith('Jack lock') ? 'By its words Jack’s, for somebody’s lock: ask its holder.' : 'By its words Jack’s, for a freeze: ask an owner of the app.';
}
