import { GetBranchCommand, GetCommitCommand } from '@aws-sdk/client-codecommit';
import type { App, Pipeline, PipelineAction } from '../domain/app.ts';
import type { CommitRange } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import { accountKey } from './clients.ts';
import type { Account } from './clients.ts';
import { listExecutions } from './pipelines/executions.ts';
import { isDenied, unless } from './faults.ts';
import { given } from './given.ts';
import { consoleHost } from './links.ts';
import { remember } from './memory.ts';
import type { Memory } from './memory.ts';
import type { Read } from './reads.ts';
import { firstLine } from './revisions.ts';

/** A commit of CodeCommit, and where it came from. */
interface Commit {
  readonly revision: Revision;
  /** First parent; absent at the root. */
  readonly parent?: string;
}

export interface Commits {
  /** The same revision, with the author where the repository tells it. */
  describe(app: Account, pipeline: Pipeline, revision: Revision): Promise<Revision>;
  head(app: App, pipeline: Pipeline): Promise<Revision | undefined>;
  between(app: App, pipeline: Pipeline, from: string, to: string): Promise<CommitRange | undefined>;
}

/** Steps along first parents. */
const MOST_STEPS = 50;
const MOST_SHOWN = 20;
/** A commit never changes. */
const FOREVER = Number.POSITIVE_INFINITY;

export function createCommits(read: Read): Commits {
  const known = remember<Commit | undefined>(FOREVER, 2_000);
  const book: Book = { read, known };
  return {
    async describe(app, pipeline, revision) {
      const source = sourceNamed(pipeline, revision.sourceAction);
      if (!isCodeCommit(source) || revision.id === undefined || revision.author) return revision;
      const commit = await readable(getCommit(book, { app, repository: source.source.repository }, revision.id));
      return commit ? { ...commit.revision, ...revision } : revision;
    },
    async head(app, pipeline) {
      const source = sourceNamed(pipeline, undefined);
      if (!isCodeCommit(source)) return undefined;
      return readable(headOf(book, app, source));
    },
    async between(app, pipeline, from, to) {
      const source = sourceNamed(pipeline, undefined);
      if (isCodeCommit(source)) return readable(walk(book, { app, repository: source.source.repository }, from, to));
      return rangeOfExecutions(read, { app, pipeline, from, to });
    },
  };
}

interface Book {
  readonly read: Read;
  readonly known: Memory<Commit | undefined>;
}

interface Repository {
  readonly app: Account;
  readonly repository: string;
}

type CodeCommitSource = PipelineAction & { readonly source: NonNullable<PipelineAction['source']> };

function isCodeCommit(action: PipelineAction | undefined): action is CodeCommitSource {
  return action?.provider === 'CodeCommit' && action.source !== undefined;
}

function sourceNamed(pipeline: Pipeline, name: string | undefined): PipelineAction | undefined {
  const sources = pipeline.stages.flatMap((stage) => stage.actions).filter((action) => action.kind === 'source');
  return sources.find((action) => action.name === name) ?? (sources.length === 1 || name === undefined ? sources[0] : undefined);
}

/** Undefined where Jack is not allowed to read the repository: who wrote a commit is worth knowing, not worth stopping for. */
async function readable<Value>(call: Promise<Value>): Promise<Value | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}

async function headOf(book: Book, app: App, source: CodeCommitSource): Promise<Revision | undefined> {
  const { repository, branch } = source.source;
  const input = { repositoryName: repository, branchName: branch };
  const answer = await unless(
    book.read(app, 'codecommit:GetBranch', input, ({ codecommit }, input) => codecommit.send(new GetBranchCommand(input))),
    'BranchDoesNotExistException',
    'RepositoryDoesNotExistException',
  );
  const id = answer?.branch?.commitId;
  if (!id) return undefined;
  const commit = await getCommit(book, { app, repository }, id);
  return { ...commit?.revision, id, sourceAction: source.name };
}

function getCommit(book: Book, { app, repository }: Repository, commitId: string): Promise<Commit | undefined> {
  return book.known.of(`${accountKey(app)} ${repository} ${commitId}`, async () => {
    const input = { repositoryName: repository, commitId };
    const answer = await unless(
      book.read(app, 'codecommit:GetCommit', input, ({ codecommit }, input) => codecommit.send(new GetCommitCommand(input))),
      'CommitIdDoesNotExistException', 'InvalidCommitIdException', 'RepositoryDoesNotExistException',
    );
    if (!answer?.commit) return undefined;
    const { message, author, parents } = answer.commit;
    const revision: Revision = {
      id: commitId,
      url: `${consoleHost(app.region)}/codesuite/codecommit/repositories/${encodeURIComponent(repository)}/commit/${commitId}?region=${encodeURIComponent(app.region)}`,
      ...given({
        summary: message ? firstLine(message) : undefined,
        author: author?.name ? { name: author.name, ...given({ email: author.email || undefined }) } : undefined,
      }),
    };
    return { revision, ...given({ parent: parents?.[0] }) };
  });
}

/** First parents of `to` until `from`. `to` may also lie before `from` (going back): then nothing comes after. */
async function walk(book: Book, place: Repository, from: string, to: string): Promise<CommitRange | undefined> {
  const ahead = await ancestors(book, place, to, from);
  if (ahead.commits.length === 0 && !ahead.reached) return undefined;
  if (ahead.reached) return toRange(ahead.commits, false);
  const back = await ancestors(book, place, from, to);
  return back.reached ? toRange([], false) : toRange(ahead.commits, true);
}

async function ancestors(book: Book, place: Repository, start: string, end: string): Promise<{ readonly commits: readonly Revision[]; readonly reached: boolean }> {
  const commits: Revision[] = [];
  let at: string | undefined = start;
  while (at !== undefined && at !== end && commits.length < MOST_STEPS) {
    const commit: Commit | undefined = await getCommit(book, place, at);
    if (!commit) break;
    commits.push(commit.revision);
    at = commit.parent;
  }
  return { commits, reached: at === end };
}

function toRange(commits: readonly Revision[], truncated: boolean): CommitRange {
  const authors = new Map(commits.flatMap(({ author }) => (author ? [[author.email ?? author.name, author] as const] : [])));
  return { count: commits.length, commits: commits.slice(0, MOST_SHOWN), ...(commits.length > MOST_SHOWN && { authors: [...authors.values()] }), truncated };
}

/** A connection's repository cannot be read: what is known are the commits that came through the pipeline. */
async function rangeOfExecutions(read: Read, find: { readonly app: App; readonly pipeline: Pipeline; readonly from: string; readonly to: string }): Promise<CommitRange | undefined> {
  const { app, pipeline, from, to } = find;
  const source = sourceNamed(pipeline, undefined);
  const list = await listExecutions(read, app, pipeline.name);
  const revisions = list.flatMap((execution) => execution.revisions).filter((revision) => revision.id !== undefined);
  const seen = [...new Map(revisions.toReversed().map((revision) => [revision.id, revision])).values()].toReversed();
  const newest = seen.findIndex((revision) => revision.id === to);
  const oldest = seen.findIndex((revision) => revision.id === from);
  const compareUrl = compareLink(source, seen, from, to);
  if (newest < 0) return compareUrl === undefined ? undefined : { ...toRange([], true), compareUrl };
  const commits = oldest >= 0 && oldest <= newest ? [] : seen.slice(newest, oldest < 0 ? newest + 1 : oldest);
  return { ...toRange(commits, from !== to), ...given({ compareUrl }) };
}

/** GitHub only: the provider of a connection shows in the addresses of its commits. */
function compareLink(source: PipelineAction | undefined, seen: readonly Revision[], from: string, to: string): string | undefined {
  const repository = source?.source?.repository;
  const onGitHub = source?.provider === 'GitHub' || seen.some((revision) => revision.url?.startsWith('https://github.com/'));
  if (!repository || !onGitHub || ![from, to].every((commit) => /^[0-9a-f]{7,64}$/.test(commit))) return undefined;
  return `https://github.com/${repository}/compare/${from}...${to}`;
}
