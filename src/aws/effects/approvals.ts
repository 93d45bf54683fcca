import { PutApprovalResultCommand } from '@aws-sdk/client-codepipeline';
import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { isMarked } from '../../domain/approvals/summary.ts';
import type { Effect } from '../../domain/effect.ts';
import type { EffectResult } from '../../ports.ts';
import { given } from '../given.ts';
import { recentActions } from '../pipelines/attempts.ts';
import { answered, requestOf } from './answer.ts';
import type { EffectTools } from './tools.ts';

type Answer = Extract<Effect, { kind: 'answer-approval' }>;

const TAKEN = new Set(['InvalidApprovalTokenException', 'ApprovalAlreadyCompletedException']);

/** Answers with the token of the card. Somebody faster is `overtaken`, unless that somebody was an earlier try of this call. */
export async function answerApproval(tools: EffectTools, effect: Answer): Promise<EffectResult> {
  const result = await putResult(tools, effect);
  if (result.kind !== 'overtaken') return result;
  const ours = await findAnswered(tools, effect);
  return ours ? { ...ours, ...given({ awsRequestId: result.awsRequestId }) } : result;
}

function putResult({ clients }: EffectTools, effect: Answer): Promise<EffectResult> {
  const input = {
    pipelineName: effect.pipeline,
    stageName: effect.stage,
    actionName: effect.action,
    token: effect.token,
    result: { status: effect.approved ? ('Approved' as const) : ('Rejected' as const), summary: effect.summary },
  };
  return answered(
    'codepipeline:PutApprovalResult',
    async () => {
      const answer = await clients.codepipeline.send(new PutApprovalResultCommand(input));
      return { kind: 'done', ...requestOf(answer) };
    },
    (name, text) => (TAKEN.has(name) ? { kind: 'overtaken', text } : undefined),
  );
}

export async function findAnswered({ read, app }: EffectTools, effect: Answer): Promise<EffectResult | undefined> {
  const actions = await recentActions(read, app, effect.pipeline, 2);
  return readAnswer(actions, effect);
}

/**
 * A stage that was retried leaves several attempts, and the same person may have given each the same words: the token
 * tells which was asked. Outside PARALLEL AWS may not list it; then only the id of the question tells our answer from
 * an older one. Undefined: the approval is still open, or AWS no longer lists it.
 */
export function readAnswer(actions: readonly ActionExecutionDetail[], effect: Answer): EffectResult | undefined {
  const attempts = actions.filter((action) => action.stageName === effect.stage && action.actionName === effect.action);
  const asked = attempts.find((action) => action.output?.executionResult?.externalExecutionId === effect.token);
  if (!asked) return isMarked(effect.summary, effect.approvalId) && attempts.some((action) => hasSummary(action, effect)) ? { kind: 'done' } : undefined;
  if (asked.status === 'InProgress') return undefined;
  if (hasSummary(asked, effect)) return { kind: 'done' };
  const { updatedBy, output } = asked;
  const said = given({ by: updatedBy, words: output?.executionResult?.externalExecutionSummary });
  return { kind: 'overtaken', text: [`the approval was answered by ${said.by ?? 'somebody else'}`, said.words].filter(Boolean).join(': ') };
}

/** AWS puts the words of a rejection into the action's error too. */
function hasSummary(action: ActionExecutionDetail, { summary }: Answer): boolean {
  const result = action.output?.executionResult;
  return summary !== '' && (result?.externalExecutionSummary === summary || (result?.errorDetails?.message ?? '').includes(summary));
}
