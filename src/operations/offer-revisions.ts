import { pipelineTo, type App, type Environment } from '../domain/app.ts';
import type { CommitRange } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import { knownVersions, type KnownVersion } from './known-revisions.ts';

const NEWEST = 'newest';
/** Slack documents 75 characters for an option's value. */
const VALUE_MAX = 75;

/** What can be deployed to an environment, newest first: the form's list, and what the newest would ship. */
export interface Offer {
  readonly revisions: readonly { readonly value: string; readonly revision: Revision; readonly ageMs?: number; readonly built: boolean }[];
  readonly running?: Revision;
  readonly commits?: CommitRange;
}

export async function offerRevisions(app: App, environment: Environment, world: World): Promise<Offer> {
  const now = world.clock.now();
  const pipeline = pipelineTo(app, environment);
  const head = pipeline && (await world.aws.sourceHead(app, pipeline));
  const { label } = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  const running = label === undefined ? undefined : { ...(await world.aws.revisionOfLabel(app, label)), label };
  const versions = onePerCommit((await knownVersions(app, world)).filter(({ version }) => version.usable)).slice(0, 30);
  const built = versions.map(({ version, revision }) => ({ value: nameOf(version.label, revision), revision: { ...revision, label: version.label }, ageMs: now - version.createdAt, built: true }));
  const commits = pipeline && head?.id !== undefined && running?.id !== undefined ? await world.aws.commitsBetween(app, pipeline, running.id, head.id) : undefined;
  const newest = pipeline ? [{ value: newestValue(head?.id), revision: head ?? {}, built: false }] : [];
  return { revisions: [...newest, ...built], ...(running && { running }), ...(commits && { commits }) };
}

/** The commit stands in the value, so that nothing else is shipped than what was shown; without one AWS cannot tell which is the newest. */
function newestValue(commit: string | undefined): string {
  const value = commit === undefined ? NEWEST : `${NEWEST}:${commit}`;
  return value.length <= VALUE_MAX ? value : NEWEST;
}

/** The commit that was shown as the newest, or undefined where another revision was chosen; `{}` when none could be shown. */
export function readNewest(value: string): { readonly shown?: string } | undefined {
  if (value === NEWEST) return {};
  return value.startsWith(`${NEWEST}:`) ? { shown: value.slice(NEWEST.length + 1) } : undefined;
}

/** CodePipeline makes a version for each environment that it deploys to: the newest stands for all. */
function onePerCommit(newestFirst: readonly KnownVersion[]): readonly KnownVersion[] {
  return newestFirst.filter(({ revision }, at) => revision.id === undefined || newestFirst.findIndex((other) => other.revision.id === revision.id) === at);
}

/** CodePipeline's labels are longer than an option's value may be: then the commit names it. */
function nameOf(label: string, revision: Revision): string {
  return label.length <= VALUE_MAX || revision.id === undefined ? label : revision.id;
}
