import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import { needObject, needText, optionalObject, optionalText } from '../../control/arguments.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { Account, Commit, Repositories } from '../account.ts';
import { AwsError } from '../engine/service.ts';
import { asText, requiredText, text, texts } from '../engine/values.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { differences } from './differences.ts';
import { histories, type Histories } from './history.ts';

/** CodeCommit, and the histories behind connections too, which only pipelines can read. */
export function codecommit(account: Account, seed: Seed): Part & { readonly repositories: Repositories } {
  const repositories = histories(seed);
  const repositoryOf = (input: JsonObject): string => {
    const name = requiredText(input, 'repositoryName');
    if (!repositories.isCodeCommit(name)) throw new AwsError('RepositoryDoesNotExistException', `${name} does not exist`);
    return name;
  };
  return {
    service: {
      name: 'codecommit',
      handlers: {
        GetRepository: (input) => ({ repositoryMetadata: metadata(account, repositories, repositoryOf(input)) }),
        ListBranches: (input) => ({ branches: repositories.branches(repositoryOf(input)) }),
        GetBranch(input) {
          const [name, branch] = [repositoryOf(input), text(input, 'branchName') ?? ''];
          const head = repositories.head(name, branch);
          if (!head) throw new AwsError('BranchDoesNotExistException', `Branch ${branch} does not exist`);
          return { branch: { branchName: branch, commitId: head.id } };
        },
        GetCommit: (input) => ({ commit: shown(find(repositories, repositoryOf(input), requiredText(input, 'commitId'))) }),
        BatchGetCommits(input) {
          const name = repositoryOf(input);
          const ids = texts(input, 'commitIds') ?? [];
          const found = ids.map((id) => ({ id, commit: repositories.commit(name, id) }));
          return {
            commits: found.flatMap(({ commit }) => (commit ? [shown(commit)] : [])),
            errors: found.flatMap(({ id, commit }) => (commit ? [] : [{ commitId: id, errorCode: 'CommitDoesNotExistException', errorMessage: `Commit ${id} does not exist` }])),
          };
        },
        GetDifferences(input) {
          const name = repositoryOf(input);
          const [before, after] = [text(input, 'beforeCommitSpecifier'), requiredText(input, 'afterCommitSpecifier')];
          return differences(input, before === undefined ? undefined : specified(repositories, name, before), specified(repositories, name, after));
        },
      },
    },
    control: [pushRoute(account, repositories, seed)],
    repositories,
  };
}

function find(repositories: Histories, name: string, id: string): Commit {
  if (!/^[0-9a-f]{40}$/.test(id)) throw new AwsError('CommitIdDoesNotExistException', `The commit ID ${id} does not exist`);
  const commit = repositories.commit(name, id);
  if (!commit) throw new AwsError('CommitIdDoesNotExistException', `The commit ID ${id} does not exist`);
  return commit;
}

/** A full commit id, a branch, or refs/heads/branch. */
function specified(repositories: Histories, name: string, specifier: string): Commit {
  const commit = repositories.commit(name, specifier) ?? repositories.head(name, specifier.replace('refs/heads/', ''));
  if (!commit) throw new AwsError('CommitDoesNotExistException', `Commit ${specifier} does not exist`);
  return commit;
}

function shown(commit: Commit): JsonObject {
  const person = { name: commit.author.name, email: commit.author.email, date: `${Math.floor(commit.at / 1000)} +0000` };
  return {
    commitId: commit.id,
    treeId: createHash('sha1').update(JSON.stringify(commit.files)).digest('hex'),
    parents: commit.parents,
    message: `${commit.message}\n`,
    author: person,
    committer: person,
    additionalData: '',
  };
}

function metadata(account: Account, repositories: Histories, name: string): JsonObject {
  const branch = repositories.branches(name)[0];
  return {
    accountId: account.id,
    repositoryId: createHash('md5').update(name).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    repositoryName: name,
    ...(branch === undefined ? {} : { defaultBranch: branch }),
    cloneUrlHttp: `https://git-codecommit.${account.region}.amazonaws.com/v1/repos/${name}`,
    cloneUrlSsh: `ssh://git-codecommit.${account.region}.amazonaws.com/v1/repos/${name}`,
    Arn: `arn:aws:codecommit:${account.region}:${account.id}:${name}`,
  };
}

function pushRoute(account: Account, repositories: Repositories, seed: Seed): ControlRoute {
  return {
    method: 'POST',
    path: '/aws/push',
    summary: '`{repository, branch?, author: {name, email}, message, files?}`: push a commit; gives `{commit}`, its id',
    run: (args) => {
      const repository = needText(args, 'repository');
      const author = needObject(args, 'author');
      const files = optionalObject(args, 'files');
      const commit = repositories.push({
        repository,
        branch: optionalText(args, 'branch') ?? seed.repositories.find(({ name }) => name === repository)?.branch ?? 'main',
        author: { name: needText(author, 'name'), email: needText(author, 'email') },
        message: needText(args, 'message'),
        ...(files ? { files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, asText(content)])) } : {}),
      });
      account.changed({ area: 'aws' });
      return { commit: commit.id };
    },
  };
}
