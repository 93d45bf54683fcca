import type { App } from '../domain/app.ts';
import type { CommitRange, Release } from '../domain/release.ts';
import type { Author, Revision } from '../domain/revision.ts';
import { Fault } from '../domain/faults.ts';
import type { Log, World } from '../ports.ts';
import { pipelineOf } from './look.ts';
import type { Run } from './reconcile.ts';

/**
 * What ships: the commits between what runs and what is coming, read once for the two, with their authors matched to
 * Slack users by jack.yml's `people.authors`, then by e-mail. What cannot be looked up just now is left for the next look.
 */
export async function withCommits(release: Release, app: App, { world, log }: Pick<Run, 'world' | 'log'>): Promise<Release> {
  const look: Look = { app, world, log };
  return release.purpose === 'rollback' ? release : withRange(await withAlongside(release, look), look);
}

async function withRange(release: Release, look: Look): Promise<Release> {
  const { app, world, log } = look;
  const to = release.revision.id;
  const from = release.previous?.id;
  if (release.commits || to === undefined) return release;
  if (from === undefined || from === to) return withAuthor(release, look);
  const pipeline = release.route.kind === 'pipeline' ? pipelineOf(app, release.route.pipeline) : app.pipelines[0];
  const range = pipeline && (await courtesy(() => world.aws.commitsBetween(app, pipeline, from, to), log));
  if (range === 'not now') return release;
  const found = range ? await withMatches(range, look) : { count: 0, commits: [], truncated: true };
  if (found === 'not now') return release;
  const author = found.commits.find((commit) => commit.id === to)?.author;
  const known: Release = { ...release, revision: { ...release.revision, ...(author && { author }) } };
  const named = author ? known : await withAuthor(known, look);
  return named.revision.author?.notYetMatched ? release : { ...named, commits: found };
}

interface Look {
  readonly app: App;
  readonly world: World;
  readonly log: Log;
}

/** Each author is looked up once. */
async function withMatches(range: CommitRange, look: Look): Promise<CommitRange | 'not now'> {
  const known = new Map<string, Author>();
  for (const author of [...range.commits.flatMap((commit) => commit.author ?? []), ...(range.authors ?? [])]) {
    if (known.has(keyOf(author))) continue;
    const match = await matched(author, look);
    if (match === 'not now') return match;
    known.set(keyOf(author), match);
  }
  const named = (author: Author): Author => known.get(keyOf(author)) ?? author;
  const commits = range.commits.map((commit): Revision => (commit.author ? { ...commit, author: named(commit.author) } : commit));
  return { ...range, commits, ...(range.authors && { authors: range.authors.map(named) }) };
}

function keyOf({ name, email }: Author): string {
  return JSON.stringify([name, email]);
}

/** Of the newest commit at least, where the others cannot be told. That Slack did not tell is kept: a yes waits for it. */
async function withAuthor(release: Release, look: Look): Promise<Release> {
  const revision = await withMatch(release.revision, look);
  return revision === release.revision ? release : { ...release, revision };
}

/** What ran there before of the other sources nobody has written down: of each, who wrote the newest commit. */
async function withAlongside(release: Release, look: Look): Promise<Release> {
  const { alongside } = release;
  if (!alongside) return release;
  const named: Revision[] = [];
  for (const revision of alongside) named.push(await withMatch(revision, look));
  return named.every((revision, at) => revision === alongside[at]) ? release : { ...release, alongside: named };
}

async function withMatch(revision: Revision, look: Look): Promise<Revision> {
  const { author } = revision;
  if (!author) return revision;
  const { notYetMatched: again, ...written } = author;
  const match = await matched(written, look);
  if (match === 'not now') return again ? revision : { ...revision, author: { ...written, notYetMatched: true } };
  return match === written && !again ? revision : { ...revision, author: match };
}

/** What ships and who wrote it is a courtesy where nobody's approval hangs on it: what AWS or Slack refuses for good is left out. */
async function courtesy<T>(call: () => Promise<T>, log: Log): Promise<T | 'not now' | undefined> {
  try {
    return await call();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    log.warn({ err: fault }, 'what ships, or who wrote it, could not be looked up');
    return fault.retryable ? 'not now' : undefined;
  }
}

async function matched(author: Author, { app, world, log }: Look): Promise<Author | 'not now'> {
  const email = author.email?.toLowerCase();
  if (email === undefined || author.slackUser !== undefined) return author;
  const { authors } = app.people;
  const named = authors && Object.hasOwn(authors, email) ? authors[email] : undefined;
  const slackUser = named ?? (await courtesy(() => world.slack.people.byEmail(email), log));
  if (slackUser === 'not now') return slackUser;
  return slackUser === undefined ? author : { ...author, slackUser };
}
