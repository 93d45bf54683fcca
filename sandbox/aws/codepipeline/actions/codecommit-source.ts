import type { Runner } from './job.ts';
import { fetchSource } from './source.ts';

export const codeCommitSource: Runner = (job) => {
  const { RepositoryName: repository = '', BranchName: branch = '' } = job.action.resolved;
  const { region } = job.book.account;
  return fetchSource(job, {
    repository,
    branch,
    missing: { code: 'ConfigurationError', message: `The action failed because either the branch ${branch} or the commit was not found in the AWS CodeCommit repository ${repository}.` },
    summaryOf: (commit) => commit.message,
    urlOf: (commit) => `https://${region}.console.aws.amazon.com/codecommit/home#/repository/${repository}/commit/${commit.id}`,
    variablesOf: (commit) => {
      const at = new Date(commit.at).toISOString().replace(/\.\d+Z$/, 'Z');
      return { AuthorDate: at, BranchName: branch, CommitId: commit.id, CommitMessage: commit.message, CommitterDate: at, RepositoryName: repository };
    },
  });
};
