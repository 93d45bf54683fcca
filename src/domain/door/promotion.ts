import type { Deploy } from '../deploy.ts';
import type { Revision } from '../revision.ts';
import type { RunningVersion } from '../running-version.ts';

/** How many versions of an environment are looked through. */
export const PROMOTION_LOOK_BACK = 200;

/** What a release is and where it has come already. */
export interface Promoted {
  readonly revision: Revision;
  /** Deploys of the release itself, on its way. */
  readonly deploys: readonly Deploy[];
}

/**
 * The environments of `after` on which the revision has not been live: neither verified there before, nor by this
 * release on its way. 'unknown': nothing tells which revision it is. `ran`: what came to run, by environment.
 */
export function notYetOn(after: readonly string[], { revision, deploys }: Promoted, ran: Readonly<Record<string, readonly RunningVersion[]>>): readonly string[] | 'unknown' {
  const left = after.filter((environment) => !isLiveBy(deploys, environment) && !cameToRun(ran[environment] ?? []).some((version) => isOf(version, revision)));
  return left.length > 0 && revision.id === undefined && revision.label === undefined ? 'unknown' : left;
}

function isLiveBy(deploys: readonly Deploy[], environment: string): boolean {
  return deploys.some((deploy) => deploy.environment === environment && deploy.verdict?.outcome === 'live' && deploy.verdict.replaced === undefined);
}

/** What Jack verified, and what ran there when Jack came. Newest first. */
function cameToRun(versions: readonly RunningVersion[]): readonly RunningVersion[] {
  const found = versions.find(({ releaseNumber }) => releaseNumber === undefined);
  return versions.filter((version) => version.standing === 'verified' || (version === found && version.standing === 'deployed'));
}

/** The same commit counts under another label: each deploy action of a pipeline makes its own. */
function isOf(version: RunningVersion, { id, label }: Revision): boolean {
  return (id !== undefined && version.revision.id === id) || (label !== undefined && version.label === label);
}
