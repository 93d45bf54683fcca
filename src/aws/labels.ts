import type { App } from '../domain/app.ts';
import type { ApplicationVersion, ObservedExecution, Time } from '../domain/observation.ts';
import type { Revision } from '../domain/revision.ts';
import { listVersions } from './beanstalk/versions.ts';
import { accountKey } from './clients.ts';
import type { Commits } from './commits.ts';
import { remember } from './memory.ts';
import { getExecution, listExecutions } from './pipelines/executions.ts';
import { isSame, labelOf, listDeployActions } from './pipelines/deploys.ts';
import type { DeployAction } from './pipelines/deploys.ts';
import type { Read } from './reads.ts';
import { toRevision } from './revisions.ts';

/** What ties Beanstalk's version labels to CodePipeline's executions and to commits. */
export interface Labels {
  /** The revision behind a label; with only a label where nothing tells. */
  revisionOf(app: App, label: string): Promise<Revision>;
  pastDeploys(app: App, beanstalkEnvironment: string): Promise<readonly { readonly label: string; readonly revision: Revision; readonly at: Time }[]>;
  /** The same execution, with the labels that its deploy actions have set. */
  withLabels(app: App, execution: ObservedExecution, deploys: readonly DeployAction[]): Promise<ObservedExecution>;
}

/** Some deploys back: enough for a baseline. */
const MOST_PAST = 20;
/** An answer may come later: the version was made a moment ago, or its execution was not listed yet. */
const UNKNOWN_MS = 60_000;

export function createLabels(read: Read, commits: Commits, shortMs: number): Labels {
  const versionsOf = remember<readonly ApplicationVersion[]>(shortMs);
  const deploysOf = remember<readonly DeployAction[]>(shortMs);
  const revisions = remember<Revision>((revision) => (revision.id === undefined ? Math.min(UNKNOWN_MS, shortMs * 10) : Number.POSITIVE_INFINITY), 2_000);
  const labels = remember<string | undefined>((label) => (label === undefined ? 0 : Number.POSITIVE_INFINITY), 2_000);
  const book: Book = {
    read,
    commits,
    versions: (app) => versionsOf.of(keyOf(app), () => listVersions(read, app)),
    deploys: (app) => deploysOf.of(keyOf(app), () => listDeployActions(read, app)),
    labelOf: (app, deploy) => labels.of(`${keyOf(app)} ${deploy.actionExecutionId} ${deploy.status}`, async () => labelOf(deploy, await book.versions(app))),
  };
  return {
    revisionOf: (app, label) => revisions.of(`${keyOf(app)} ${label}`, () => revisionOf(book, app, label)),
    pastDeploys: (app, environment) => pastDeploys(book, app, environment),
    withLabels: (app, execution, deploys) => withLabels(book, app, execution, deploys),
  };
}

interface Book {
  readonly read: Read;
  readonly commits: Commits;
  versions(app: App): Promise<readonly ApplicationVersion[]>;
  deploys(app: App): Promise<readonly DeployAction[]>;
  labelOf(app: App, deploy: DeployAction): Promise<string | undefined>;
}

function keyOf(app: App): string {
  return `${accountKey(app)} ${app.application} ${app.pipelines.map((pipeline) => pipeline.name).join(',')}`;
}

/** In the order of how sure it is: the execution that deployed this very bundle; what the label or the version says itself. */
async function revisionOf(book: Book, app: App, label: string): Promise<Revision> {
  const version = (await book.versions(app)).find((candidate) => candidate.label === label);
  const deploy = version && (await book.deploys(app)).find((candidate) => isSame(candidate.bundle, version.bundle));
  const told = deploy && (await revisionOfExecution(book, app, deploy));
  if (told?.id !== undefined) return { ...told, label };
  if (version?.commit === undefined) return { label };
  return { ...(await describeAnywhere(book, app, version.commit)), label };
}

/** The first source's revision; a pipeline with several sources is named after its first. */
async function revisionOfExecution(book: Book, app: App, deploy: DeployAction): Promise<Revision | undefined> {
  const pipeline = app.pipelines.find((candidate) => candidate.name === deploy.pipeline);
  const listed = (await listExecutions(book.read, app, deploy.pipeline)).find((execution) => execution.id === deploy.executionId)?.revisions[0];
  const revision = listed ?? (await revisionFromArtifacts(book, app, deploy));
  return revision && pipeline ? book.commits.describe(app, pipeline, revision) : revision;
}

async function revisionFromArtifacts(book: Book, app: App, deploy: DeployAction): Promise<Revision | undefined> {
  const execution = await getExecution(book.read, app, deploy.pipeline, deploy.executionId);
  const [artifact] = execution?.artifactRevisions ?? [];
  return artifact && toRevision({ revisionId: artifact.revisionId, revisionSummary: artifact.revisionSummary, revisionUrl: artifact.revisionUrl });
}

async function describeAnywhere(book: Book, app: App, id: string): Promise<Revision> {
  for (const pipeline of app.pipelines) {
    const described = await book.commits.describe(app, pipeline, { id });
    if (described.summary !== undefined) return described;
  }
  return { id };
}

async function pastDeploys(book: Book, app: App, environment: string): Promise<readonly { readonly label: string; readonly revision: Revision; readonly at: Time }[]> {
  const deploys = (await book.deploys(app)).filter((deploy) => deploy.beanstalkEnvironment === environment && deploy.status === 'Succeeded').slice(0, MOST_PAST);
  const found: { label: string; revision: Revision; at: Time }[] = [];
  for (const deploy of deploys) {
    const label = await book.labelOf(app, deploy);
    if (label === undefined) continue;
    const revision = await revisionOfExecution(book, app, deploy);
    found.push({ label, revision: { ...revision, label }, at: deploy.updatedAt });
  }
  return found.sort((a, b) => b.at - a.at);
}

async function withLabels(book: Book, app: App, execution: ObservedExecution, deploys: readonly DeployAction[]): Promise<ObservedExecution> {
  const found = new Map<string, string>();
  for (const deploy of deploys) {
    const label = await book.labelOf(app, deploy);
    if (label !== undefined) found.set(`${deploy.beanstalkEnvironment} ${deploy.startedAt}`, label);
  }
  const stages = execution.stages.map((stage) => ({
    ...stage,
    actions: stage.actions.map((action) => {
      const label = found.get(`${action.beanstalkEnvironment ?? ''} ${action.startedAt ?? 0}`);
      return label === undefined ? action : { ...action, label };
    }),
  }));
  return { ...execution, stages };
}
