import type { App } from '../domain/app.ts';
import type { Release } from '../domain/release.ts';
import type { Author, Revision } from '../domain/revision.ts';
import { Fault } from '../domain/faults.ts';
import type { Log, World } from '../ports.ts';
import { pipelineOf } from './look.ts';
import type { Run } from './reconcile.ts';

/** What ships: the commits between what runs and what is coming, read once, with their authors matched to Slack users. */
export async function withCommits(release: Release, app: App, { world, log }: Pick<Run, 'world' | 'log'>): Promise<Release> {
  const to = release.revision.id;
  const from = release.previous?.id;
  if (release.commits || to === undefined || release.purpose === 'rollback') return release;
  if (from === undefined || from === to) return release;
  const pipeline = release.route.kind === 'pipeline' ? pipelineOf(app, release.route.pipeline) : app.pipelines[0];
  const range = pipeline && (await courtesy(() => world.aws.commitsBetween(app, pipeline, from, to), log));
  if (range === 'not now') return release;
  if (!range) return { ...release, commits: { count: 0, commits: [], truncated: true } };
  const commits: Revision[] = [];
  for (const commit of range.commits) commits.push(commit.author ? { ...commit, author: await matched(commit.author, world, log) } : commit);
  const author = commits.find((commit) => commit.id === to)?.author;
  return { ...release, revision: { ...release.revision, ...(author && { author }) }, commits: { ...range, commits } };
}

/** What ships and who wrote it is told where it can be; no release waits for it. */
async function courtesy<T>(look: () => Promise<T>, log: Log): Promise<T | 'not now'> {
  try {
    return await look();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    log.warn({ err: fault }, 'what ships, or who wrote it, could not be looked up');
    return 'not now';
  }
}

async function matched(author: Author, world: World, log: Log): Promise<Author> {
  if (author.email === undefined || author.slackUser !== undefined) return author;
  const { email } = author;
  const slackUser = await courtesy(() => world.slack.people.byEmail(email), log);
  return slackUser === undefined || slackUser === 'not now' ? author : { ...author, slackUser };
}
