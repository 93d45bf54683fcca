import type { Commit } from '../../account.ts';
import { keepArtifact } from '../artifacts.ts';
import type { ActionJob } from './job.ts';

/** AWS ms: how long a source action takes to fetch a small repository. */
const fetching = 4000;

export interface Source {
  readonly repository: string;
  readonly branch: string;
  /** What AWS says when there is nothing to fetch. */
  readonly missing: { readonly code: string; readonly message: string };
  summaryOf(commit: Commit): string;
  urlOf(commit: Commit): string;
  variablesOf(commit: Commit): Readonly<Record<string, string>>;
}

/** The commit asked for, or the branch's head when the fetch ends; into the pipeline's bucket. */
export function fetchSource(job: ActionJob, source: Source): () => void {
  const { book, execution, action } = job;
  return book.account.clock.after(fetching, () => {
    const wanted = execution.wanted[action.declaration.name];
    const { repositories } = book.account;
    const commit = wanted ? repositories.commit(source.repository, wanted) : repositories.head(source.repository, source.branch);
    if (!commit) return job.fail(source.missing.code, source.missing.message);
    const summary = source.summaryOf(commit);
    const outputs = (action.declaration.outputArtifacts ?? []).map(({ name }) => keepArtifact(book, execution, { name, files: commit.files, commit, isSource: true }));
    execution.revisions.push({
      actionName: action.declaration.name,
      artifactName: outputs[0]?.name ?? action.declaration.name,
      revisionId: commit.id,
      summary,
      url: source.urlOf(commit),
      at: commit.at,
    });
    job.succeed({ summary, externalId: commit.id, externalUrl: source.urlOf(commit), outputs, variables: source.variablesOf(commit) });
  });
}
