import { deploysTo, type App, type Environment } from '../domain/app.ts';
import type { CommitRange } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import { knownVersions } from './known-revisions.ts';

/** What can be deployed to an environment, newest first: the form's list, and what the newest would ship. */
export interface Offer {
  readonly revisions: readonly { readonly value: string; readonly revision: Revision; readonly ageMs?: number; readonly built: boolean }[];
  readonly running?: Revision;
  readonly commits?: CommitRange;
}

export async function offerRevisions(app: App, environment: Environment, world: World): Promise<Offer> {
  const now = world.clock.now();
  const pipeline = app.pipelines.find((one) => deploysTo(one, environment.beanstalkEnvironment).length > 0);
  const recent = pipeline ? await world.aws.recentExecutions(app, pipeline, 10) : [];
  const head = pipeline && ((await world.aws.sourceHead(app, pipeline)) ?? recent[0]?.revisions[0]);
  const { label } = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  const running = label === undefined ? undefined : { ...(await world.aws.revisionOfLabel(app, label)), label };
  const versions = (await knownVersions(app, world)).filter(({ version }) => version.usable).slice(0, 30);
  const built = versions.map(({ version, revision }) => ({ value: version.label, revision: { ...revision, label: version.label }, ageMs: now - version.createdAt, built: true }));
  const commits = pipeline && head?.id !== undefined && running?.id !== undefined ? await world.aws.commitsBetween(app, pipeline, running.id, head.id) : undefined;
  const newest = head ? [{ value: 'newest', revision: head, built: false }] : [];
  return { revisions: [...newest, ...built], ...(running && { running }), ...(commits && { commits }) };
}
