import type { App, Pipeline } from '../domain/app.ts';
import type { ApplicationVersion, ExecutionSummary } from '../domain/observation.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';

/** A version that Beanstalk has, with the commit it was made from where that is known. */
export interface KnownVersion {
  readonly version: ApplicationVersion;
  readonly revision: Revision;
}

/** How many of the newest versions are traced to their commits. */
const TRACE = 40;

/** The app's newest usable versions, newest first, traced to commits. */
export async function knownVersions(app: App, world: World): Promise<readonly KnownVersion[]> {
  const versions = await world.aws.versions(app);
  const known: KnownVersion[] = [];
  for (const version of versions.slice(0, TRACE)) {
    known.push({ version, revision: await world.aws.revisionOfLabel(app, version.label) });
  }
  return [...known, ...versions.slice(TRACE).map((version) => ({ version, revision: { label: version.label, ...(version.commit !== undefined && { id: version.commit }) } }))];
}

/** What the pipeline has seen, newest first. */
export async function seenRevisions(app: App, pipeline: Pipeline, world: World): Promise<readonly ExecutionSummary[]> {
  return world.aws.recentExecutions(app, pipeline, 100);
}
