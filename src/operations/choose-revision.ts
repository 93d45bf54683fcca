import { environmentCalled, environmentsBefore, pipelineTo, type App, type Environment, type Pipeline } from '../domain/app.ts';
import { nearest } from '../domain/nearest.ts';
import type { ExecutionSummary } from '../domain/observation.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import type { Settled } from './choice.ts';
import { runsAlready } from './choose-newest.ts';
import { knownVersions, seenRevisions, type KnownVersion } from './known-revisions.ts';

const COMMIT_PREFIX = /^[0-9a-f]{7,40}$/i;
const EXECUTION_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `@<revision>`: an exact version label, an environment's name, an execution id, or a commit prefix of 7 or more. */
export async function chooseRevision(app: App, environment: Environment, asked: string, world: World): Promise<Settled> {
  const versions = await knownVersions(app, world);
  const exact = versions.find(({ version }) => version.label === asked);
  if (exact) return deployVersion(app, environment, exact, world);
  const source = environmentCalled(app, asked);
  if (source) return deployWhatRuns(app, environment, source, versions, world);
  const pipeline = pipelineTo(app, environment) ?? app.pipelines[0];
  const seen = pipeline ? await seenRevisions(app, pipeline, world) : [];
  if (EXECUTION_ID.test(asked)) return deployExecution(app, environment, asked, { pipeline, seen, versions }, world);
  if (COMMIT_PREFIX.test(asked)) return deployCommit(app, environment, asked.toLowerCase(), { pipeline, seen, versions }, world);
  return unknown(app, asked, versions);
}

interface Known {
  readonly pipeline: Pipeline | undefined;
  readonly seen: readonly ExecutionSummary[];
  readonly versions: readonly KnownVersion[];
}

async function deployVersion(app: App, environment: Environment, { version, revision }: KnownVersion, world: World): Promise<Settled> {
  if (!version.usable) return { kind: 'refused', refusal: { kind: 'unusable-version', label: version.label } };
  const already = await runsAlready(app, environment, { label: version.label }, world);
  return already ?? { kind: 'go', route: { kind: 'version', label: version.label }, revision: { ...revision, label: version.label } };
}

async function deployWhatRuns(app: App, environment: Environment, source: Environment, versions: readonly KnownVersion[], world: World): Promise<Settled> {
  const { label } = await world.aws.observeEnvironment(app, source.beanstalkEnvironment);
  const known = versions.find(({ version }) => version.label === label);
  if (!known) return { kind: 'refused', refusal: { kind: 'nothing-to-take', environment: source.name, ...(label !== undefined && { label }) } };
  return deployVersion(app, environment, known, world);
}

async function deployExecution(app: App, environment: Environment, id: string, known: Known, world: World): Promise<Settled> {
  const execution = known.seen.find((one) => one.id === id);
  if (!execution || !known.pipeline) return unknown(app, id, known.versions);
  const revision = execution.revisions[0] ?? {};
  if (execution.status === 'InProgress') return { kind: 'go', route: { kind: 'pipeline', pipeline: known.pipeline.name, executionId: id }, revision };
  return deployCommit(app, environment, revision.id ?? '', known, world);
}

/** Two different commits with the prefix are refused with both; a version made from it goes by route version; one that only the pipeline has seen is started again. */
async function deployCommit(app: App, environment: Environment, prefix: string, known: Known, world: World): Promise<Settled> {
  const candidates = new Map<string, Revision>();
  for (const { revision } of known.versions) if (prefix !== '' && revision.id?.startsWith(prefix)) candidates.set(revision.id, revision);
  for (const revision of known.seen.flatMap((execution) => execution.revisions)) {
    if (prefix !== '' && revision.id?.startsWith(prefix) && !candidates.has(revision.id)) candidates.set(revision.id, revision);
  }
  const [first, second] = [...candidates.values()];
  if (first?.id === undefined) return unseen(app, prefix, known);
  if (second) {
    const matches = [...candidates.values()].map((revision) => ({ id: revision.id ?? '', ...(revision.summary !== undefined && { summary: revision.summary }) }));
    return { kind: 'refused', refusal: { kind: 'ambiguous-revision', asked: prefix, matches } };
  }
  const version = known.versions.find(({ version, revision }) => version.usable && revision.id === first.id);
  return version ? deployVersion(app, environment, version, world) : startAgain(app, environment, first, known);
}

function startAgain(app: App, environment: Environment, revision: Revision, { pipeline, seen }: Known): Settled {
  const commit = revision.id ?? '';
  const under = seen.find((execution) => execution.status === 'InProgress' && execution.revisions.some((one) => one.id === commit));
  if (!pipeline) return unseen(app, commit, { pipeline, seen, versions: [] });
  if (under) return { kind: 'go', route: { kind: 'pipeline', pipeline: pipeline.name, executionId: under.id }, revision };
  const sourceAction = revision.sourceAction ?? pipeline.stages[0]?.actions[0]?.name ?? 'Source';
  return {
    kind: 'go',
    route: { kind: 'pipeline', pipeline: pipeline.name, override: { sourceAction, commit } },
    revision,
    caution: { kind: 'override', environments: environmentsBefore(app, environment, pipeline) },
  };
}

/** An override could bring any branch: a commit that the pipeline has never run is refused. */
function unseen(app: App, asked: string, known: Known): Settled {
  if (!known.pipeline) return unknown(app, asked, known.versions);
  return { kind: 'refused', refusal: { kind: 'unseen-commit', app: app.name, asked, pipeline: known.pipeline.name } };
}

function unknown(app: App, asked: string, versions: readonly KnownVersion[]): Settled {
  const labels = versions.map(({ version }) => version.label);
  const near = nearest(asked, [...labels, ...app.environments.map((environment) => environment.name)]);
  return { kind: 'refused', refusal: { kind: 'unknown-revision', app: app.name, asked, newest: labels.slice(0, 3), alsoPlaces: true, ...(near !== undefined && { nearest: near }) } };
}
