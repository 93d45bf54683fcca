import type { Handler } from '../../engine/service.ts';
import type { PipelineDeclaration } from '../../seed.ts';
import { startExecution } from '../engine.ts';
import { pipelineToStartNotFound, tooManyExecutions, validation } from '../errors.ts';
import { isRunning } from '../execution.ts';
import type { Book, Pipeline } from '../pipeline.ts';
import { sourceActions } from '../pipeline.ts';
import { typed } from '../../typed.ts';

/** Quota of V2 pipelines in QUEUED and PARALLEL mode. */
export const mostAtOnce = 50;

interface StartInput {
  readonly name: string;
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
  readonly clientRequestToken?: string;
  readonly sourceRevisions?: readonly { readonly actionName: string; readonly revisionType: string; readonly revisionValue: string }[];
}

export function startPipelineExecution(book: Book): Handler {
  return typed<StartInput>((input, caller) => {
    const pipeline = book.pipelines.get(input.name);
    if (!pipeline) throw pipelineToStartNotFound(book.account.id, input.name);
    const before = input.clientRequestToken ? startedWith(book, pipeline, input.clientRequestToken) : undefined;
    if (before) return { pipelineExecutionId: before };
    const variables = variablesFor(pipeline.declaration, input.variables ?? []);
    const wanted = overrides(pipeline.declaration, input.sourceRevisions ?? []);
    checkRoom(pipeline);
    const execution = startExecution(book, pipeline, {
      trigger: { type: 'StartPipelineExecution', detail: caller.arn },
      variables,
      wanted,
      hiddenForMs: book.account.assumptions.executionVisibleAfterMs,
    });
    if (input.clientRequestToken) pipeline.tokens.set(input.clientRequestToken, { executionId: execution.id, at: book.account.clock.now() });
    return { pipelineExecutionId: execution.id };
  });
}

function startedWith(book: Book, pipeline: Pipeline, token: string): string | undefined {
  const known = pipeline.tokens.get(token);
  if (!known) return undefined;
  return book.account.clock.now() - known.at <= book.account.assumptions.clientTokenWindowMs ? known.executionId : undefined;
}

/** Given values over declared defaults. Throws where one is not declared, or a declared one has no value. */
export function variablesFor(declaration: PipelineDeclaration, given: readonly { readonly name: string; readonly value: string }[]): Record<string, string> {
  const declared = declaration.variables ?? [];
  const unknown = given.filter(({ name }) => !declared.some((each) => each.name === name)).map(({ name }) => name);
  if (unknown.length > 0) throw validation(`The pipeline ${declaration.name} does not declare the variable(s): ${unknown.join(', ')}`);
  const values: Record<string, string> = {};
  for (const { name, defaultValue } of declared) {
    const value = given.find((each) => each.name === name)?.value ?? defaultValue;
    if (value === undefined) throw validation(`The pipeline variable ${name} has no default value: a value is required to start the pipeline`);
    values[name] = value;
  }
  return values;
}

function overrides(declaration: PipelineDeclaration, given: StartInput['sourceRevisions'] & object): Record<string, string> {
  const sources = sourceActions(declaration);
  const wanted: Record<string, string> = {};
  for (const { actionName, revisionType, revisionValue } of given) {
    if (!sources.some((action) => action.name === actionName)) throw validation(`Source action ${actionName} does not exist in the pipeline ${declaration.name}`);
    if (revisionType !== 'COMMIT_ID') throw validation(`Revision type ${revisionType} is not supported for source action ${actionName}`);
    if (wanted[actionName]) throw validation(`Source revision for action ${actionName} is given more than once`);
    wanted[actionName] = revisionValue;
  }
  return wanted;
}

function checkRoom(pipeline: Pipeline): void {
  if (pipeline.declaration.executionMode === 'SUPERSEDED') return;
  if (pipeline.executions.filter(isRunning).length >= mostAtOnce) throw tooManyExecutions(mostAtOnce);
}
