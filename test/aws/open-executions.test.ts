import type { PipelineExecutionStatus, StageState } from '@aws-sdk/client-codepipeline';
import { describe, expect, it } from '@jest/globals';
import { openExecutions } from '../../src/aws/pipelines/open-executions.ts';
import type { Read } from '../../src/aws/reads.ts';

const account = { region: 'us-east-1' };
const NOW = Date.UTC(2026, 10, 22);
const DAY = 24 * 3_600_000;

interface Line {
  readonly id: string;
  readonly status: PipelineExecutionStatus;
  /** Before now. */
  readonly age: number;
}

/** AWS's two answers: the state of the stages, and the list in pages of 100. Tells how many pages were read. */
function answering(lines: readonly Line[], stageStates: readonly StageState[]): { readonly read: Read; readonly pages: () => number } {
  let pages = 0;
  const answer = (operation: string, from: number) => {
    if (operation === 'codepipeline:GetPipelineState') return { stageStates };
    pages += 1;
    const page = lines.slice(from, from + 100).map(({ id, status, age }) => ({ pipelineExecutionId: id, status, startTime: new Date(NOW - age) }));
    return { pipelineExecutionSummaries: page, ...(from + 100 < lines.length && { nextToken: String(from + 100) }) };
  };
  const read = (_account: unknown, operation: string, input: { readonly nextToken?: string }) => Promise.resolve(answer(operation, Number(input.nextToken ?? 0)));
  return { read: read as unknown as Read, pages: () => pages };
}

function over(count: number, age: (at: number) => number = (at) => at): readonly Line[] {
  return Array.from({ length: count }, (_, at) => ({ id: `over-${at}`, status: 'Failed', age: age(at) }));
}

const waits: Line = { id: 'waits', status: 'InProgress', age: DAY };

describe('the executions that have not ended', () => {
  it('are named by the state of the stages, however many came after them', async () => {
    const stages: readonly StageState[] = [
      { stageName: 'Build', latestExecution: { pipelineExecutionId: 'built', status: 'InProgress' } },
      { stageName: 'Prod', inboundExecution: { pipelineExecutionId: 'waits', status: 'InProgress' }, latestExecution: { pipelineExecutionId: 'over-1', status: 'Failed' } },
    ];
    const aws = answering([...over(120), waits], stages);
    expect(await openExecutions(aws.read, account, { name: 'shop', mode: 'SUPERSEDED' }, NOW)).toEqual(['built', 'waits']);
    expect(aws.pages()).toBe(1);
  });

  it('are looked for on further pages where the state names none', async () => {
    const aws = answering([...over(120), waits, ...over(300, () => 40 * DAY)], []);
    expect(await openExecutions(aws.read, account, { name: 'shop', mode: 'PARALLEL' }, NOW)).toEqual(['waits']);
    expect(aws.pages()).toBe(3);
  });

  it('are not known where there are too many to read', async () => {
    const aws = answering(over(4_100), []);
    await expect(openExecutions(aws.read, account, { name: 'shop', mode: 'PARALLEL' }, NOW)).rejects.toMatchObject({ name: 'Fault', retryable: true });
  });
});
