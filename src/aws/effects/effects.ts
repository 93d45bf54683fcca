import type { Effect } from '../../domain/effect.ts';
import type { EffectResult } from '../../ports.ts';
import { answerApproval, findAnswered } from './approvals.ts';
import { abortUpdate, findAbort, findUpdate, updateEnvironment } from './environments.ts';
import { findStarted, findStopped, startExecution, stopExecution } from './executions.ts';
import type { EffectTools } from './tools.ts';
import { findFree, findHold, freeTransition, holdTransition } from './transitions.ts';

/** Makes the change once. Throws a fault, with `unknownOutcome` where it may have happened. */
export function perform(tools: EffectTools, effect: Effect): Promise<EffectResult> {
  switch (effect.kind) {
    case 'start-execution':
      return startExecution(tools, effect);
    case 'answer-approval':
      return answerApproval(tools, effect);
    case 'stop-execution':
      return stopExecution(tools, effect);
    case 'update-environment':
      return updateEnvironment(tools, effect);
    case 'abort-update':
      return abortUpdate(tools, effect);
    case 'hold-transition':
      return holdTransition(tools, effect);
    case 'free-transition':
      return freeTransition(tools, effect);
    default:
      return effect satisfies never;
  }
}

/** Whether the change has happened since the intent was written down. Undefined: it has not, as far as AWS shows. */
export function findEffect(tools: EffectTools, effect: Effect): Promise<EffectResult | undefined> {
  switch (effect.kind) {
    case 'start-execution':
      return findStarted(tools, effect);
    case 'answer-approval':
      return findAnswered(tools, effect);
    case 'stop-execution':
      return findStopped(tools, effect);
    case 'update-environment':
      return findUpdate(tools, effect);
    case 'abort-update':
      return findAbort(tools, effect);
    case 'hold-transition':
      return findHold(tools, effect);
    case 'free-transition':
      return findFree(tools, effect);
    default:
      return effect satisfies never;
  }
}
