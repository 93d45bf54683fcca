import type { ActionDeclaration, PastAction, PastExecution, Seed, SeedPipeline } from '../seed.ts';
import { seedTime } from '../seed.ts';
import { keepArtifact } from './artifacts.ts';
import type { ActionRun, Execution, StageRun } from './execution.ts';
import { roleOf } from './execution.ts';
import type { Book, Pipeline } from './pipeline.ts';

/** Writes down the executions that ended before the account started, oldest first. */
export function recallPast(book: Book, seed: Seed): void {
  for (const seeded of seed.pipelines) {
    const pipeline = book.pipelines.get(seeded.declaration.name);
    if (pipeline) for (const past of seeded.past.toReversed()) recall(book, seed, seeded, pipeline, past);
  }
}

function recall(book: Book, seed: Seed, seeded: SeedPipeline, pipeline: Pipeline, past: PastExecution): void {
  const execution: Execution = {
    id: past.id,
    pipeline: pipeline.declaration.name,
    declaration: seeded.declaration,
    type: 'STANDARD',
    trigger: past.trigger,
    status: past.status,
    ...(past.statusSummary ? { summary: past.statusSummary } : {}),
    startedAt: seedTime(seed, past.startedMinutesAgo),
    updatedAt: seedTime(seed, past.endedMinutesAgo),
    visibleAt: 0,
    variables: Object.fromEntries((seeded.declaration.variables ?? []).flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue]]))),
    wanted: {},
    revisions: [],
    artifacts: new Map(),
    outputs: new Map(),
    runs: [],
    actions: [],
    attempt: 1,
  };
  pipeline.executions.push(execution);
  for (const action of past.actions) recallAction(book, seed, pipeline, execution, past, action);
  for (const run of execution.runs) closeRun(pipeline, run, past);
}

function recallAction(book: Book, seed: Seed, pipeline: Pipeline, execution: Execution, past: PastExecution, action: PastAction): void {
  const index = execution.declaration.stages.findIndex(({ name }) => name === action.stage);
  const stage = execution.declaration.stages[index];
  const declaration = stage?.actions.find(({ name }) => name === action.action);
  if (!stage || !declaration) throw new Error(`The seed's execution ${past.id} ran ${action.stage}/${action.action}, which pipeline ${execution.pipeline} does not have`);
  const run = execution.runs.find((each) => each.index === index) ?? newRun(execution, index, stage);
  const outputs = outputOf(book, execution, declaration, past, action);
  const recalled: ActionRun = {
    id: action.actionExecutionId,
    executionId: execution.id,
    pipelineVersion: execution.declaration.version,
    stage: action.stage,
    declaration,
    status: action.status,
    startedAt: seedTime(seed, action.startedMinutesAgo),
    updatedAt: seedTime(seed, action.endedMinutesAgo),
    updatedBy: action.by ?? roleOf(execution.declaration, execution.id),
    resolved: declaration.configuration ?? {},
    inputs: (declaration.inputArtifacts ?? []).flatMap(({ name }) => execution.artifacts.get(name) ?? []),
    outputs,
    variables: {},
    ...(action.summary ? { summary: action.summary } : {}),
    ...externalOf(book, declaration, action),
    ...(action.error ? { error: action.error } : {}),
  };
  run.actions.push(recalled);
  execution.actions.push(recalled);
  pipeline.stages[index]?.actions.set(declaration.name, recalled);
  if (declaration.actionTypeId.category === 'Source') recallRevision(book, execution, recalled, past);
}

function newRun(execution: Execution, index: number, declaration: StageRun['declaration']): StageRun {
  const run: StageRun = { execution, declaration, index, status: 'Succeeded', actions: [], attempt: 1, open: false };
  execution.runs.push(run);
  return run;
}

function closeRun(pipeline: Pipeline, run: StageRun, past: PastExecution): void {
  if (run.actions.some(({ status }) => status === 'Failed')) run.status = 'Failed';
  else if (run.actions.length < run.declaration.actions.length || run.actions.some(({ status }) => status === 'Abandoned')) run.status = past.status === 'Stopped' ? 'Stopped' : 'Failed';
  const stage = pipeline.stages[run.index];
  if (stage) stage.latest = run;
}

function outputOf(book: Book, execution: Execution, declaration: ActionDeclaration, past: PastExecution, action: PastAction): ActionRun['outputs'] {
  if (!action.output) return [];
  const commit = book.account.repositories.commit(repositoryOf(execution), past.commit);
  const isSource = declaration.actionTypeId.category === 'Source';
  return [keepArtifact(book, execution, { ...action.output, files: commit?.files ?? {}, ...(commit ? { commit } : {}), isSource })];
}

function repositoryOf(execution: Execution): string {
  const source = execution.declaration.stages[0]?.actions[0]?.configuration ?? {};
  return source['RepositoryName'] ?? source['FullRepositoryId'] ?? '';
}

function externalOf(book: Book, declaration: ActionDeclaration, action: PastAction): { externalId?: string; externalUrl?: string } {
  if (!action.externalExecutionId) return {};
  const { region } = book.account;
  const isBuild = declaration.actionTypeId.provider === 'CodeBuild';
  return {
    externalId: action.externalExecutionId,
    ...(isBuild ? { externalUrl: `https://console.aws.amazon.com/codebuild/home?region=${region}#/builds/${action.externalExecutionId}/view/new` } : {}),
  };
}

function recallRevision(book: Book, execution: Execution, action: ActionRun, past: PastExecution): void {
  const { region } = book.account;
  const repository = repositoryOf(execution);
  const c = action.declaration.configuration ?? {};
  const commit = book.account.repositories.commit(repository, past.commit);
  const isConnection = action.declaration.actionTypeId.provider === 'CodeStarSourceConnection';
  const url = isConnection
    ? `https://${region}.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=${c['ConnectionArn']}&referenceType=COMMIT&FullRepositoryId=${repository}&Commit=${past.commit}`
    : `https://${region}.console.aws.amazon.com/codecommit/home#/repository/${repository}/commit/${past.commit}`;
  action.externalUrl = url;
  const { namespace } = action.declaration;
  action.variables = { CommitId: past.commit, BranchName: c['BranchName'] ?? '', ...(commit ? { CommitMessage: commit.message } : {}) };
  if (namespace) execution.outputs.set(namespace, action.variables);
  execution.revisions.push({
    actionName: action.declaration.name,
    artifactName: action.outputs[0]?.name ?? action.declaration.name,
    revisionId: past.commit,
    summary: action.summary ?? '',
    url,
    at: commit?.at ?? action.updatedAt,
  });
}
