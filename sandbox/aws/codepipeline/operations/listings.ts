import type { Handler } from '../../engine/service.ts';
import { executionNotFound, stageNotFound, validation } from '../errors.ts';
import type { ActionRun, Execution } from '../execution.ts';
import type { Book, Pipeline } from '../pipeline.ts';
import { pipelineNamed } from '../pipeline.ts';
import { actionDetail } from '../views/action.ts';
import { executionDetail, executionSummary } from '../views/execution.ts';
import { pipelineState } from '../views/pipeline-state.ts';
import { page } from './paging.ts';
import { succeededIn } from './rollback.ts';
import { typed } from '../../typed.ts';

interface PageInput {
  readonly pipelineName: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface ByExecution {
  readonly pipelineExecutionId?: string;
  readonly latestInPipelineExecution?: { readonly pipelineExecutionId: string; readonly startTimeRange: 'Latest' | 'All' };
}

const request = (input: PageInput, scope: string): { scope: string; maxResults: number; nextToken?: string } => ({
  scope: `${scope}/${input.pipelineName}`,
  maxResults: input.maxResults ?? 100,
  ...(input.nextToken === undefined ? {} : { nextToken: input.nextToken }),
});

/** What Get and List already know, oldest first. */
function visible(book: Book, pipeline: Pipeline): Execution[] {
  const now = book.account.clock.now();
  return pipeline.executions.filter((execution) => execution.visibleAt <= now);
}

function visibleExecution(book: Book, pipeline: Pipeline, id: string): Execution {
  const execution = visible(book, pipeline).find((each) => each.id === id);
  if (!execution) throw executionNotFound(pipeline.declaration.name, id);
  return execution;
}

export function getPipelineState(book: Book): Handler {
  return typed<{ readonly name: string }>(({ name }) => pipelineState(book, pipelineNamed(book, name)));
}

export function getPipelineExecution(book: Book): Handler {
  return typed<{ readonly pipelineName: string; readonly pipelineExecutionId: string }>((input) => ({
    pipelineExecution: executionDetail(visibleExecution(book, pipelineNamed(book, input.pipelineName), input.pipelineExecutionId)),
  }));
}

/** Newest first. `succeededInStage` is of the current version only. */
export function listPipelineExecutions(book: Book): Handler {
  return typed<PageInput & { readonly filter?: { readonly succeededInStage?: { readonly stageName?: string } } }>((input) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const stage = input.filter?.succeededInStage?.stageName;
    if (stage !== undefined && !pipeline.stages.some(({ name }) => name === stage)) throw validation(stageNotFound(input.pipelineName, stage).message);
    const all = visible(book, pipeline)
      .filter((execution) => stage === undefined || (execution.declaration.version === pipeline.declaration.version && succeededIn(execution, stage)))
      .toReversed();
    const { items, ...rest } = page(all, request(input, `executions/${stage ?? ''}`), ({ id }) => id);
    return { pipelineExecutionSummaries: items.map(executionSummary), ...rest };
  });
}

/** Newest first. A retried stage gives several runs of an action; `latestInPipelineExecution` with Latest keeps the last of each. */
export function listActionExecutions(book: Book): Handler {
  return typed<PageInput & { readonly filter?: ByExecution }>((input) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const latest = input.filter?.latestInPipelineExecution;
    const id = latest?.pipelineExecutionId ?? input.filter?.pipelineExecutionId;
    const executions = id === undefined ? visible(book, pipeline) : [visibleExecution(book, pipeline, id)];
    const all = executions.flatMap(({ actions }) => (latest?.startTimeRange === 'Latest' ? lastOfEach(actions) : actions));
    const newestFirst = all.toReversed().toSorted((a, b) => b.startedAt - a.startedAt);
    const { items, ...rest } = page(newestFirst, request(input, `actions/${id ?? ''}`), (action) => action.id);
    return { actionExecutionDetails: items.map((action) => actionDetail(book, action)), ...rest };
  });
}

function lastOfEach(actions: readonly ActionRun[]): ActionRun[] {
  return [...new Map(actions.map((action) => [`${action.stage}/${action.declaration.name}`, action])).values()];
}

/** Definitions with conditions are refused, so there never is a rule execution. */
export function listRuleExecutions(book: Book): Handler {
  return typed<PageInput & { readonly filter?: ByExecution }>((input) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const id = input.filter?.latestInPipelineExecution?.pipelineExecutionId ?? input.filter?.pipelineExecutionId;
    if (id !== undefined) visibleExecution(book, pipeline, id);
    page<string>([], request(input, 'rules'), (each) => each);
    return { ruleExecutionDetails: [] };
  });
}
