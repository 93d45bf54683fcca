import type { Principal } from '../app.ts';
import type { Release } from '../release.ts';
import type { Author } from '../revision.ts';

/** Whose yes does not count, or not alone. */
export interface FourEyes {
  /** Who asked for the release: their yes never counts. */
  readonly requesters: readonly Principal[];
  /** Of a release that nobody typed, who wrote what ships: their yes counts, but not without one of somebody else. */
  readonly authors: readonly Principal[];
}

/** What the record says of a release, for the counting of its approvals. */
export function fourEyesOf(release: Pick<Release, 'requesters' | 'origin' | 'purpose' | 'commits' | 'revision' | 'alongside'>): FourEyes {
  const authors = authorsMatter(release) ? authorsOf(release).flatMap(({ slackUser }) => slackUser ?? []) : [];
  return { requesters: release.requesters.map((requester) => requester.user), authors: [...new Set(authors)] };
}

/** Nobody typed it, even if somebody has joined it since; a way back ships nothing that was not there before. */
export function authorsMatter(release: Pick<Release, 'requesters' | 'origin' | 'purpose'>): boolean {
  return release.purpose === 'deploy' && (release.origin !== undefined || release.requesters.length === 0);
}

/** Who wrote what ships, each once, newest first; of whom nothing is known is not in it. */
export function authorsOf({ commits, revision, alongside = [] }: Pick<Release, 'commits' | 'revision' | 'alongside'>): readonly Author[] {
  const all = [...(commits?.authors ?? commits?.commits.flatMap(({ author }) => author ?? []) ?? []), ...[revision, ...alongside].flatMap(({ author }) => author ?? [])];
  const known = new Map<string, Author>();
  for (const author of all) {
    const key = author.slackUser ?? author.email?.toLowerCase() ?? author.name;
    if (!known.has(key)) known.set(key, author);
  }
  return [...known.values()];
}

/**
 * Who wrote all of what ships is not known: the range was not read to its end, a commit names nobody, or there are other
 * sources, of which only the newest commit is known.
 */
export function authorsUnknown({ commits, alongside = [] }: Pick<Release, 'commits' | 'alongside'>): boolean {
  return alongside.length > 0 || !commits || commits.truncated || (!commits.authors && commits.commits.some(({ author }) => author === undefined));
}

/** What ships, or who wrote it, can be told, and has still to be: nothing is let in before it is. */
export function authorsAreComing(release: Pick<Release, 'requesters' | 'origin' | 'purpose' | 'commits' | 'revision' | 'alongside' | 'previous'>): boolean {
  const { commits, revision, alongside = [], previous } = release;
  if (!authorsMatter(release)) return false;
  return [revision, ...alongside].some(({ author }) => author?.notYetMatched === true) || (commits === undefined && revision.id !== undefined && previous?.id !== undefined && previous.id !== revision.id);
}
