import type { AuditFact } from '../audit.ts';
import type { Effect, Intent } from '../effect.ts';
import type { Time } from '../observation.ts';
import { isOver, type Release } from '../release.ts';

/** What AWS answered to an effect, as far as the audit tells of it. */
interface Answered {
  readonly kind: string;
  /** AWS's words. */
  readonly text?: string;
  readonly executionId?: string;
  readonly awsRequestId?: string;
}

/** An AWS call that changes something, once its answer is known. `found`: no call was made now, for it had happened before. */
export function factOfEffect({ effect, by }: Intent, answer: Answered, more: { readonly at: Time; readonly on: AuditFact['on']; readonly found?: boolean }): AuditFact {
  const isTaken = answer.kind === 'done' || answer.kind === 'started' || answer.kind === 'updating';
  const words = [targetOf(effect), answer.executionId && `execution ${answer.executionId}`, more.found && 'had happened already', answer.text].filter(Boolean);
  return {
    at: more.at,
    who: by ?? 'jack',
    what: `aws.${effect.kind}`,
    on: { ...more.on, ...(effect.kind === 'answer-approval' && { approval: effect.approvalId }) },
    outcome: isTaken ? 'done' : 'refused',
    detail: words.join(': '),
    ...(answer.awsRequestId !== undefined && { awsRequestId: answer.awsRequestId }),
  };
}

/** The end of an attempt, when this change is it. */
export function factsOfEnd(before: Release, after: Release, at: Time): readonly AuditFact[] {
  if (isOver(before) || !isOver(after)) return [];
  return [{ at, who: 'jack', what: 'release.end', on: onRelease(after), outcome: 'done', detail: [after.status, after.outcome].filter(Boolean).join(': ') }];
}

/** What the line is about. */
export function onRelease({ app, environment, number }: Pick<Release, 'app' | 'environment' | 'number'>): AuditFact['on'] {
  return { app, environment, release: number };
}

/** What the call changes in AWS. */
function targetOf(effect: Effect): string {
  switch (effect.kind) {
    case 'start-execution':
      return effect.override ? `${effect.pipeline} with commit ${effect.override.commit}` : effect.pipeline;
    case 'answer-approval':
      return `${effect.pipeline}/${effect.stage}/${effect.action} ${effect.approved ? 'approved' : 'rejected'}`;
    case 'stop-execution':
      return `${effect.pipeline} execution ${effect.executionId}${effect.abandon ? ', abandoned' : ''}`;
    case 'update-environment':
      return `${effect.beanstalkEnvironment} to ${effect.label}`;
    case 'abort-update':
      return effect.beanstalkEnvironment;
    case 'hold-transition':
    case 'free-transition':
      return `${effect.pipeline}/${effect.stage}`;
    default:
      return effect satisfies never;
  }
}
