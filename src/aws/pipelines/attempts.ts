import { ListActionExecutionsCommand } from '@aws-sdk/client-codepipeline';
import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import type { Account } from '../clients.ts';
import { unless } from '../faults.ts';
import { timeOf } from '../given.ts';
import { pages } from '../reads.ts';
import type { Read } from '../reads.ts';

/** 500 actions are AWS's most for one pipeline, each maybe with several attempts. */
const MOST_PAGES = 10;

/** Every attempt of every action of one execution. Empty when AWS does not know it. */
export async function actionsOf(read: Read, account: Account, pipelineName: string, pipelineExecutionId: string): Promise<readonly ActionExecutionDetail[]> {
  const found = await unless(listActions(read, account, { pipelineName, filter: { pipelineExecutionId } }, MOST_PAGES), 'PipelineExecutionNotFoundException');
  return found ?? [];
}

/** The pipeline's latest actions over all executions, newest first: at most `mostPages` times 100. */
export function recentActions(read: Read, account: Account, pipelineName: string, mostPages: number): Promise<readonly ActionExecutionDetail[]> {
  return listActions(read, account, { pipelineName }, mostPages);
}

/** A retried stage leaves several records of an action: the latest start wins. Key: `attemptKey`. */
export function latestAttempts(actions: readonly ActionExecutionDetail[]): ReadonlyMap<string, ActionExecutionDetail> {
  const latest = new Map<string, ActionExecutionDetail>();
  for (const action of actions) {
    const key = attemptKey(action.stageName ?? '', action.actionName ?? '');
    const known = latest.get(key);
    if (!known || (timeOf(action.startTime) ?? 0) > (timeOf(known.startTime) ?? 0)) latest.set(key, action);
  }
  return latest;
}

/** Names hold no slash. */
export function attemptKey(stage: string, action: string): string {
  return `${stage}/${action}`;
}

async function listActions(
  read: Read,
  account: Account,
  find: { readonly pipelineName: string; readonly filter?: { readonly pipelineExecutionId: string } },
  most: number,
): Promise<readonly ActionExecutionDetail[]> {
  const found = await pages(most, async (nextToken) => {
    const input = { ...find, maxResults: 100, ...(nextToken && { nextToken }) };
    const answer = await read(account, 'codepipeline:ListActionExecutions', input, ({ codepipeline }, input) => codepipeline.send(new ListActionExecutionsCommand(input)));
    return { page: answer.actionExecutionDetails ?? [], next: answer.nextToken };
  });
  return found.flat().sort((a, b) => (timeOf(b.startTime) ?? 0) - (timeOf(a.startTime) ?? 0));
}
