import type { PlannedFreeze } from './barriers/planned-freeze.ts';
import type { DigestTime } from './digest/weekly.ts';

/** A Slack user id (U…, W…) or user group id (S…). */
export type Principal = string;

/** What one app is, after `jack.yml` and AWS have both been read. Environments stand in promotion order. */
export interface App {
  readonly name: string;
  /** Slack channel id (C…, G…) where this app's threads are. */
  readonly channel: string;
  readonly region: string;
  /** A role to assume for this app's account; without it Jack's own identity is used. */
  readonly roleArn?: string;
  /** Beanstalk application. */
  readonly application: string;
  readonly environments: readonly Environment[];
  readonly pipelines: readonly Pipeline[];
  readonly people: People;
  /** Times in which nothing goes. Absent: none. */
  readonly freezes?: readonly PlannedFreeze[];
  /** When the week's digest comes. Absent: the usual time. */
  readonly digest?: DigestTime | 'off';
}

/** A place in the configuration; Beanstalk's own is named `beanstalkEnvironment`. */
export interface Environment {
  readonly name: string;
  readonly beanstalkEnvironment: string;
  /** Absent: no policy, so nobody approves from Slack. */
  readonly approval?: ApprovalPolicy;
  /** Who approves a rollback. Absent: nobody is asked. */
  readonly rollbackApproval?: ApprovalPolicy;
  /** Environments on which a revision must have been live before it comes here. Absent: none. */
  readonly after?: readonly string[];
  /** CloudWatch alarms that keep releases (not rollbacks) out while they ring. Absent: none. */
  readonly alarms?: readonly string[];
  /** How long health must hold after a deploy before the release is `live`. Milliseconds. */
  readonly verifyMs: number;
  readonly loudness: Loudness;
}

/** When a release that nobody typed gets a thread. */
export type Loudness = 'all' | 'approvals' | 'failures';

/** Who approves. An empty `from` means nobody. */
export interface ApprovalPolicy {
  readonly from: readonly Principal[];
  /** How many different people. */
  readonly count: number;
  /** Milliseconds from the request; absent: AWS's own time-out only. */
  readonly expiresMs?: number;
}

export interface People {
  readonly owners: readonly Principal[];
  readonly contributors: readonly Principal[];
  /** Commit authors whose e-mail Slack does not know: Slack user by e-mail, lower case. Absent: none. */
  readonly authors?: Readonly<Record<string, Principal>>;
}

/** As in CodeStar. Who is not listed is a viewer. */
export type Role = 'viewer' | 'contributor' | 'owner';

/** A pipeline whose deploy action targets the app's Beanstalk application. Found in AWS, never written. */
export interface Pipeline {
  readonly name: string;
  readonly mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL';
  /** Structure version; stage rollbacks reach back only within one. */
  readonly version: number;
  readonly stages: readonly PipelineStage[];
}

export interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
}

export interface PipelineAction {
  readonly name: string;
  readonly runOrder: number;
  readonly kind: ActionKind;
  /** 'CodeCommit', 'CodeBuild', 'ElasticBeanstalk', 'Manual', … */
  readonly provider: string;
  /** Deploy actions of Beanstalk only: the target environment's Beanstalk name. */
  readonly beanstalkEnvironment?: string;
  /** Source actions only. */
  readonly source?: { readonly repository: string; readonly branch: string };
  /** CodeBuild actions only. */
  readonly project?: string;
  /** Approval actions only. Milliseconds. */
  readonly timeoutMs?: number;
}

export type ActionKind = 'source' | 'build' | 'test' | 'approval' | 'deploy' | 'other';

/** The environment of that name, or undefined. */
export function environmentOf(app: App, name: string): Environment | undefined {
  return app.environments.find((environment) => environment.name === name);
}

/** The app and the environment of these names, or undefined where either is not there. */
export function placeNamed(apps: readonly App[], name: string | undefined, environment: string | undefined): { readonly app: App; readonly environment: Environment } | undefined {
  const app = apps.find((one) => one.name === name);
  const found = app && environment !== undefined ? environmentOf(app, environment) : undefined;
  return app && found && { app, environment: found };
}

/** The environment that people mean by this word: upper or lower case, or Beanstalk's own name. */
export function environmentCalled(app: App, word: string): Environment | undefined {
  const same = (environment: Environment): boolean => environment.name.toLowerCase() === word.toLowerCase();
  return environmentOf(app, word) ?? app.environments.find((environment) => same(environment) || environment.beanstalkEnvironment === word);
}

/** The environment that has this Beanstalk name, or undefined. */
export function environmentAt(app: App, beanstalkEnvironment: string | undefined): Environment | undefined {
  return app.environments.find((environment) => environment.beanstalkEnvironment === beanstalkEnvironment);
}

/** Whether a manual approval stands between the environment before and this one. */
export function hasApprovalBefore(pipeline: Pipeline, beanstalkEnvironment: string): boolean {
  const actions = pipeline.stages.flatMap((stage) => stage.actions);
  const at = actions.findIndex((action) => action.beanstalkEnvironment === beanstalkEnvironment);
  const before = actions.slice(0, Math.max(0, at));
  const from = before.findLastIndex((action) => action.beanstalkEnvironment !== undefined);
  return before.slice(from + 1).some((action) => action.kind === 'approval');
}

/**
 * The environments that a yes to this manual approval lets an execution into: the first that the pipeline deploys to
 * behind it, and all others of that stage, up to the next approval; in order. Further stages have a way in of their own.
 */
export function letInBy(app: App, pipeline: Pipeline, approval: { readonly stage: string; readonly action: string }): readonly Environment[] {
  const actions = pipeline.stages.flatMap((stage) => stage.actions.map((action) => ({ stage, action })));
  const at = actions.findIndex(({ stage, action }) => stage.name === approval.stage && action.name === approval.action);
  const behind = actions.slice(at + 1);
  const first = behind.findIndex(({ action }) => environmentAt(app, action.beanstalkEnvironment) !== undefined);
  const from = at < 0 || first < 0 ? [] : behind.slice(first);
  const end = from.findIndex(({ stage, action }) => stage !== from[0]?.stage || action.kind === 'approval');
  const found = from.slice(0, end < 0 ? undefined : end).flatMap(({ action }) => environmentAt(app, action.beanstalkEnvironment) ?? []);
  return [...new Set(found)];
}

/** The pipeline that brings releases to the environment, the first of several; undefined where none deploys there. */
export function pipelineTo(app: App, { beanstalkEnvironment }: Pick<Environment, 'beanstalkEnvironment'>): Pipeline | undefined {
  return app.pipelines.find((pipeline) => deploysTo(pipeline, beanstalkEnvironment).length > 0);
}

/** Where a pipeline deploys to this Beanstalk environment: stage and action, in order. */
export function deploysTo(pipeline: Pipeline, beanstalkEnvironment: string): readonly { stage: PipelineStage; action: PipelineAction }[] {
  return pipeline.stages.flatMap((stage) =>
    stage.actions.filter((action) => action.beanstalkEnvironment === beanstalkEnvironment).map((action) => ({ stage, action })),
  );
}

/** The environments that an execution of the pipeline deploys to before it comes to this one, in order. */
export function environmentsBefore(app: App, environment: Environment, pipeline: Pipeline): readonly string[] {
  const names = pipeline.stages.flatMap(({ actions }) => actions).map(({ beanstalkEnvironment }) => environmentAt(app, beanstalkEnvironment)?.name);
  const at = names.indexOf(environment.name);
  return at < 0 ? [] : names.slice(0, at).filter((name) => name !== undefined);
}
