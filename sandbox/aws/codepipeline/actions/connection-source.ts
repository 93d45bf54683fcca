import type { Runner } from './job.ts';
import { fetchSource } from './source.ts';

/** GitHub behind a connection: the summary is a JSON string, the URL AWS's redirect. */
export const connectionSource: Runner = (job) => {
  const { FullRepositoryId: repository = '', BranchName: branch = '', ConnectionArn: connection = '' } = job.action.resolved;
  const { region } = job.book.account;
  return fetchSource(job, {
    repository,
    branch,
    missing: { code: 'ConfigurationError', message: `[GitHub] No Branch [${branch}] found for FullRepositoryName [${repository}]` },
    summaryOf: (commit) => JSON.stringify({ ProviderType: 'GitHub', CommitMessage: commit.message }),
    urlOf: (commit) =>
      `https://${region}.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=${connection}&referenceType=COMMIT&FullRepositoryId=${repository}&Commit=${commit.id}`,
    variablesOf: (commit) => ({
      AuthorDate: new Date(commit.at).toISOString().replace(/\.\d+Z$/, 'Z'),
      BranchName: branch,
      CommitId: commit.id,
      CommitMessage: commit.message,
      ConnectionArn: connection,
      FullRepositoryName: repository,
    }),
  });
};
