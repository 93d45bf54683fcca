import { matchesGlob } from 'node:path';
import type { Commit } from '../account.ts';
import type { ActionDeclaration, PipelineDeclaration } from '../seed.ts';
import { startExecution } from './engine.ts';
import type { Trigger } from './execution.ts';
import type { Book, Pipeline } from './pipeline.ts';
import { sourceActions } from './pipeline.ts';
import { variablesFor } from './operations/start.ts';

/** AWS ms from a push to the start of the execution. */
const delay = 2000;

interface Push {
  readonly repository: string;
  readonly branch: string;
  /** What the commit changed. */
  readonly paths: readonly string[];
}

/** Starts every pipeline that a push concerns. A connection's execution takes the pushed commit; CodeCommit's the branch's head by then. */
export function startOnPush(book: Book): void {
  book.account.repositories.onPush((repository, branch, commit) => {
    const push = { repository, branch, paths: changedPaths(book, repository, commit) };
    for (const pipeline of book.pipelines.values()) {
      const action = sourceActions(pipeline.declaration).find((each) => concerns(pipeline.declaration, each, push));
      if (action) book.account.clock.after(delay, () => start(book, pipeline, action, commit));
    }
  });
}

function changedPaths(book: Book, repository: string, commit: Commit): string[] {
  const before = book.account.repositories.commit(repository, commit.parents[0] ?? '')?.files ?? {};
  return [...new Set([...Object.keys(before), ...Object.keys(commit.files)])].filter((path) => before[path] !== commit.files[path]);
}

function start(book: Book, pipeline: Pipeline, action: ActionDeclaration, commit: Commit): void {
  if (book.pipelines.get(pipeline.declaration.name) !== pipeline) return;
  const isConnection = action.actionTypeId.provider === 'CodeStarSourceConnection';
  startExecution(book, pipeline, {
    trigger: triggerOf(book, pipeline.declaration, action),
    variables: variablesFor(pipeline.declaration, []),
    wanted: isConnection ? { [action.name]: commit.id } : {},
  });
}

function triggerOf(book: Book, declaration: PipelineDeclaration, action: ActionDeclaration): Trigger {
  const c = action.configuration ?? {};
  if (action.actionTypeId.provider === 'CodeStarSourceConnection') return { type: 'WebhookV2', detail: c['ConnectionArn'] ?? '' };
  if (c['PollForSourceChanges'] === 'true') return { type: 'PollForSourceChanges', detail: action.name };
  const { id, region } = book.account;
  return { type: 'CloudWatchEvent', detail: `arn:aws:events:${region}:${id}:rule/codepipeline-${declaration.name}-${c['BranchName']}` };
}

function concerns(declaration: PipelineDeclaration, action: ActionDeclaration, push: Push): boolean {
  const c = action.configuration ?? {};
  const isConnection = action.actionTypeId.provider === 'CodeStarSourceConnection';
  const repository = isConnection ? c['FullRepositoryId'] : c['RepositoryName'];
  if (repository !== push.repository || c['BranchName'] !== push.branch) return false;
  if (!isConnection) return true;
  const filters = (declaration.triggers as readonly DeclaredTrigger[] | undefined)?.find((each) => each.gitConfiguration?.sourceActionName === action.name)?.gitConfiguration?.push;
  return filters ? filters.some((filter) => passes(filter, push)) : c['DetectChanges'] !== 'false';
}

interface Patterns {
  readonly includes?: readonly string[];
  readonly excludes?: readonly string[];
}

/** The part of a V2 trigger that a push to a branch is held against; pushes of tags and pull requests are not played. */
interface DeclaredTrigger {
  readonly gitConfiguration?: {
    readonly sourceActionName?: string;
    readonly push?: readonly { readonly branches?: Patterns; readonly filePaths?: Patterns; readonly tags?: Patterns }[];
  };
}

function passes(filter: { readonly branches?: Patterns; readonly filePaths?: Patterns; readonly tags?: Patterns }, { branch, paths }: Push): boolean {
  if (filter.tags && !filter.branches) return false;
  if (filter.branches && !matches(filter.branches, branch)) return false;
  return !filter.filePaths || paths.some((path) => matches(filter.filePaths ?? {}, path));
}

function matches({ includes, excludes }: Patterns, text: string): boolean {
  if (excludes?.some((pattern) => matchesGlob(text, pattern))) return false;
  return !includes || includes.some((pattern) => matchesGlob(text, pattern));
}
