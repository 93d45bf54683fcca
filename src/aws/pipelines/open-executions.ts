import { ListPipelineExecutionsCommand } from '@aws-sdk/client-codepipeline';
import { Fault } from '../../domain/faults.ts';
import type { Pipeline } from '../../domain/app.ts';
import type { Account } from '../clients.ts';
import type { Read } from '../reads.ts';
import { listExecutions, MOST_EXECUTIONS, toListed } from './executions.ts';
import type { ListedExecution } from './executions.ts';
import { getStages, standingIds } from './states.ts';

/** AWS does not resume what was held at a transition for 30 days; manual approvals end after seven. */
const OLDEST_MS = 31 * 24 * 3_600_000;
const MOST_PAGES = 40;

/**
 * Ids of the executions that have not ended, newest first, however many were started after them: the pipeline's state
 * names what stands at its stages; where it cannot (PARALLEL), the list is read to the age at which nothing waits any more.
 * Throws a fault where that is too much to read.
 */
export async function openExecutions(read: Read, account: Account, pipeline: Pick<Pipeline, 'name' | 'mode'>, now: number): Promise<readonly string[]> {
  if (pipeline.mode === 'PARALLEL') return (await listBackTo(read, account, pipeline.name, now - OLDEST_MS)).filter(isOpen).map(({ id }) => id);
  const standing = standingIds(await getStages(read, account, pipeline.name));
  const listed = (await listExecutions(read, account, pipeline.name)).filter(isOpen).map(({ id }) => id);
  return [...new Set([...listed, ...standing])];
}

function isOpen({ status }: ListedExecution): boolean {
  return status === 'InProgress' || status === 'Stopping';
}

async function listBackTo(read: Read, account: Account, pipelineName: string, oldest: number): Promise<readonly ListedExecution[]> {
  const found: ListedExecution[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input = { pipelineName, maxResults: MOST_EXECUTIONS, ...(nextToken !== undefined && { nextToken }) };
    const answer = await read(account, 'codepipeline:ListPipelineExecutions', input, ({ codepipeline }, input) => codepipeline.send(new ListPipelineExecutionsCommand(input)));
    const lines = (answer.pipelineExecutionSummaries ?? []).map(toListed);
    found.push(...lines);
    nextToken = answer.nextToken;
    if (!nextToken || lines.every(({ startedAt }) => startedAt < oldest)) return found;
  }
  throw new Fault(`${pipelineName} has more executions in a month than can be read, so what waits there is not known.`, { retryable: true });
}
