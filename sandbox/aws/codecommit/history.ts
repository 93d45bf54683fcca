import { createHash } from 'node:crypto';
import type { Commit, Repositories } from '../account.ts';
import { ControlError } from '../../control/route.ts';
import { seedTime, type Seed, type SeedRepository } from '../seed.ts';

/** A repository with its commits; branches point at them. */
interface History {
  readonly seed: SeedRepository;
  readonly commits: Map<string, Commit>;
  readonly branches: Map<string, string>;
}

export interface Histories extends Repositories {
  /** Only those that CodeCommit has; GitHub's stand behind a connection. */
  isCodeCommit(repository: string): boolean;
  branches(repository: string): readonly string[];
  all(): readonly string[];
}

/** The repositories of the seed, and what is pushed to them. */
export function histories(seed: Seed): Histories {
  const byName = new Map(seed.repositories.map((repository) => [repository.name, seeded(seed, repository)]));
  const listeners: ((repository: string, branch: string, commit: Commit) => void)[] = [];
  const head = (repository: string, branch: string): Commit | undefined => {
    const history = byName.get(repository);
    return history?.commits.get(history.branches.get(branch) ?? '');
  };
  return {
    head,
    commit: (repository, id) => byName.get(repository)?.commits.get(id),
    onPush: (told) => listeners.push(told),
    isCodeCommit: (repository) => byName.get(repository)?.seed.provider === 'CodeCommit',
    branches: (repository) => [...(byName.get(repository)?.branches.keys() ?? [])].toSorted(),
    all: () => [...byName.keys()],
    push({ repository, branch, author, message, files }) {
      const history = byName.get(repository);
      if (!history) throw new ControlError(`There is no repository ${repository}. Known: ${[...byName.keys()].join(', ')}`);
      const parent = head(repository, branch) ?? head(repository, history.seed.branch);
      const at = Date.now();
      const commit: Commit = {
        id: createHash('sha1').update(JSON.stringify([repository, parent?.id, author, message, at, history.commits.size])).digest('hex'),
        parents: parent ? [parent.id] : [],
        author,
        message,
        at,
        files: { ...parent?.files, ...(files ?? { 'CHANGES.txt': `${parent?.files['CHANGES.txt'] ?? ''}${message}\n` }) },
      };
      history.commits.set(commit.id, commit);
      history.branches.set(branch, commit.id);
      for (const told of listeners) told(repository, branch, commit);
      return commit;
    },
  };
}

function seeded(seed: Seed, repository: SeedRepository): History {
  const commits = new Map<string, Commit>();
  let parent: Commit | undefined;
  for (const { id, author, message, minutesAgo, files } of repository.commits) {
    const merged = Object.entries({ ...parent?.files, ...files }).filter((entry): entry is [string, string] => entry[1] !== null);
    parent = { id, parents: parent ? [parent.id] : [], author, message, at: seedTime(seed, minutesAgo), files: Object.fromEntries(merged) };
    commits.set(id, parent);
  }
  return { seed: repository, commits, branches: new Map(parent ? [[repository.branch, parent.id]] : []) };
}
