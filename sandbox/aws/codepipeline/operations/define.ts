import type { Handler } from '../../engine/service.ts';
import type { PipelineDeclaration } from '../../seed.ts';
import { checkDefinition } from '../definition-rules.ts';
import { breakOff, startExecution } from '../engine.ts';
import { pipelineNameInUse, pipelineNotFound, pipelineVersionNotFound } from '../errors.ts';
import type { Book } from '../pipeline.ts';
import { newPipeline, newStage, pipelineNamed } from '../pipeline.ts';
import type { JsonObject } from '../../../json.ts';
import { page } from './paging.ts';
import { variablesFor } from './start.ts';
import { typed } from '../../typed.ts';

interface DefinitionInput {
  readonly pipeline: PipelineDeclaration;
}

const asJson = (declaration: PipelineDeclaration): JsonObject => declaration as unknown as JsonObject;

/** AWS's defaults, written out as GetPipeline shows them. */
function complete(given: PipelineDeclaration, version: number): PipelineDeclaration {
  return {
    ...given,
    version,
    executionMode: given.executionMode ?? 'SUPERSEDED',
    pipelineType: given.pipelineType ?? 'V1',
    stages: given.stages.map((stage) => ({
      ...stage,
      actions: stage.actions.map((action) => ({
        ...action,
        runOrder: action.runOrder ?? 1,
        configuration: action.configuration ?? {},
        inputArtifacts: action.inputArtifacts ?? [],
        outputArtifacts: action.outputArtifacts ?? [],
      })),
    })),
  };
}

/** A new pipeline runs at once. */
export function createPipeline(book: Book): Handler {
  return typed<DefinitionInput>((input, caller) => {
    const declaration = complete(input.pipeline, 1);
    if (book.pipelines.has(declaration.name)) throw pipelineNameInUse(book.account.id, declaration.name);
    checkDefinition(declaration);
    const pipeline = newPipeline(book.account, declaration, book.account.clock.now());
    book.pipelines.set(declaration.name, pipeline);
    startExecution(book, pipeline, { trigger: { type: 'CreatePipeline', detail: caller.arn }, variables: variablesFor(declaration, []), wanted: {} });
    return { pipeline: asJson(declaration) };
  });
}

/** The next version. What is running is cancelled; transitions of stages that keep their name stay as they are. */
export function updatePipeline(book: Book): Handler {
  return typed<DefinitionInput>((input, caller) => {
    const pipeline = pipelineNamed(book, input.pipeline.name);
    const declaration = complete(input.pipeline, pipeline.declaration.version + 1);
    checkDefinition(declaration);
    for (const execution of pipeline.executions) breakOff(book, pipeline, execution, 'Cancelled', caller.arn);
    pipeline.declaration = declaration;
    pipeline.versions.push(declaration);
    pipeline.updated = book.account.clock.now();
    pipeline.stages = declaration.stages.map(({ name }) => pipeline.stages.find((stage) => stage.name === name) ?? newStage(name));
    return { pipeline: asJson(declaration) };
  });
}

/** Deleting what is not there is no error, as in AWS. */
export function deletePipeline(book: Book): Handler {
  return typed<{ readonly name: string }>((input, caller) => {
    const pipeline = book.pipelines.get(input.name);
    if (!pipeline) return;
    for (const execution of pipeline.executions) breakOff(book, pipeline, execution, 'Cancelled', caller.arn);
    book.pipelines.delete(input.name);
  });
}

export function getPipeline(book: Book): Handler {
  return typed<{ readonly name: string; readonly version?: number }>((input) => {
    const pipeline = book.pipelines.get(input.name);
    if (!pipeline) throw pipelineNotFound(book.account.id, input.name);
    const declaration = input.version === undefined ? pipeline.declaration : pipeline.versions.find(({ version }) => version === input.version);
    if (!declaration) throw pipelineVersionNotFound(input.name, input.version ?? 0);
    return {
      pipeline: asJson(declaration),
      metadata: { pipelineArn: pipeline.arn, created: new Date(pipeline.created), updated: new Date(pipeline.updated) },
    };
  });
}

/** By name. */
export function listPipelines(book: Book): Handler {
  return typed<{ readonly maxResults?: number; readonly nextToken?: string }>((input) => {
    const all = [...book.pipelines.values()].toSorted((a, b) => a.declaration.name.localeCompare(b.declaration.name));
    const { items, ...rest } = page(all, { scope: 'pipelines', maxResults: input.maxResults ?? 1000, ...(input.nextToken ? { nextToken: input.nextToken } : {}) }, (each) => each.declaration.name);
    return {
      pipelines: items.map(({ declaration, created, updated }) => ({
        name: declaration.name,
        version: declaration.version,
        pipelineType: declaration.pipelineType,
        executionMode: declaration.executionMode,
        created: new Date(created),
        updated: new Date(updated),
      })),
      ...rest,
    };
  });
}
