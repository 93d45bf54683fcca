import type { App } from '../domain/app.ts';
import type { Release } from '../domain/release.ts';
import type { Author, Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import { pipelineOf } from './look.ts';

/** What ships: the commits between what runs and what is coming, read once, with their authors matched to Slack users. */
export async function withCommits(release: Release, app: App, world: World): Promise<Release> {
  const to = release.revision.id;
  const from = release.previous?.id;
  if (release.commits || to === undefined || release.purpose === 'rollback') return release;
  if (from === undefined || from === to) return release;
  const pipeline = release.route.kind === 'pipeline' ? pipelineOf(app, release.route.pipeline) : app.pipelines[0];
  const range = pipeline && (await world.aws.commitsBetween(app, pipeline, from, to));
  if (!range) return { ...release, commits: { count: 0, commits: [], truncated: true } };
  const commits: Revision[] = [];
  for (const commit of range.commits) commits.push(commit.author ? { ...commit, author: await matched(commit.author, world) } : commit);
  const author = commits.find((commit) => commit.id === to)?.author;
  return { ...release, revision: { ...release.revision, ...(author && { author }) }, commits: { ...range, commits } };
}

async function matched(author: Author, world: World): Promise<Author> {
  if (author.email === undefined || author.slackUser !== undefined) return author;
  const slackUser = await world.slack.people.byEmail(author.email);
  return slackUser === undefined ? author : { ...author, slackUser };
}
