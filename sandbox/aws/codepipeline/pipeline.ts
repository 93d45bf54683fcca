import type { Account } from '../account.ts';
import type { PipelineDeclaration } from '../seed.ts';
import type { ActionRun, Execution, StageRun } from './execution.ts';
import { pipelineNotFound, stageNotFound } from './errors.ts';

export interface Transition {
  enabled: boolean;
  reason?: string;
  changedBy?: string;
  changedAt?: number;
}

/** A stage as it stands, over all executions. */
export interface Stage {
  readonly name: string;
  /** The inbound one. */
  readonly transition: Transition;
  /** Executions in front of it, in the order they came. */
  waiting: Execution[];
  /** Who is inside. At most one, except in a PARALLEL pipeline. */
  inside: StageRun[];
  /** The last that entered. */
  latest?: StageRun;
  /** The last run of each action, by name: it may be older than `latest`. */
  readonly actions: Map<string, ActionRun>;
}

export interface Pipeline {
  declaration: PipelineDeclaration;
  /** Every version, oldest first. */
  readonly versions: PipelineDeclaration[];
  readonly arn: string;
  readonly created: number;
  updated: number;
  /** Oldest first. */
  readonly executions: Execution[];
  stages: Stage[];
  /** clientRequestToken → what it started. */
  readonly tokens: Map<string, { readonly executionId: string; readonly at: number }>;
  /** Real milliseconds until an approval expires, instead of AWS's days. */
  readonly approvalTimeoutMs?: number;
}

/** What every part of CodePipeline works on. */
export interface Book {
  readonly account: Account;
  readonly pipelines: Map<string, Pipeline>;
}

export function newStage(name: string, transition: Transition = { enabled: true }): Stage {
  return { name, transition, waiting: [], inside: [], actions: new Map() };
}

export function newPipeline(
  account: Pick<Account, 'id' | 'region'>,
  declaration: PipelineDeclaration,
  created: number,
  approvalTimeoutMs?: number,
): Pipeline {
  return {
    declaration,
    versions: [declaration],
    arn: `arn:aws:codepipeline:${account.region}:${account.id}:${declaration.name}`,
    created,
    updated: created,
    executions: [],
    stages: declaration.stages.map((stage) => newStage(stage.name)),
    tokens: new Map(),
    ...(approvalTimeoutMs === undefined ? {} : { approvalTimeoutMs }),
  };
}

/** Throws PipelineNotFoundException. */
export function pipelineNamed(book: Book, name: string): Pipeline {
  const pipeline = book.pipelines.get(name);
  if (!pipeline) throw pipelineNotFound(book.account.id, name);
  return pipeline;
}

/** Throws StageNotFoundException. */
export function stageNamed(pipeline: Pipeline, name: string): Stage {
  const stage = pipeline.stages.find((each) => each.name === name);
  if (!stage) throw stageNotFound(pipeline.declaration.name, name);
  return stage;
}

/** The declared action wherever it stands, with its stage. */
export function sourceActions(declaration: PipelineDeclaration): PipelineDeclaration['stages'][number]['actions'] {
  return declaration.stages.flatMap((stage) => stage.actions.filter((action) => action.actionTypeId.category === 'Source'));
}
