import type { AwsState, BeanstalkEnvironment, Execution, Pipeline, Stage } from '../door/aws-shapes.ts';

/** The id of an execution, however the state names it. */
export function executionId(execution: Stage['execution']): string | undefined {
  return typeof execution === 'object' ? (execution.id ?? execution.pipelineExecutionId) : execution;
}

export function shortId(id: string): string {
  return id.slice(0, 8);
}

export function shortCommit(commit: string | undefined): string {
  return commit?.slice(0, 7) ?? '';
}

export function authorOf(execution: Execution): string | undefined {
  return typeof execution.author === 'object' ? execution.author.name : execution.author;
}

export function triggerOf(execution: Execution): string | undefined {
  const trigger = typeof execution.trigger === 'object' ? execution.trigger.triggerType : execution.trigger;
  const kind = trigger?.split(/[\s:]/)[0];
  const words: Readonly<Record<string, string>> = { StartPipelineExecution: 'started', CloudWatchEvent: 'push', Webhook: 'push', WebhookV2: 'push', CreatePipeline: 'created', ManualRollback: 'rollback', AutomatedRollback: 'rollback' };
  return kind === undefined ? undefined : (words[kind] ?? kind);
}

/** The environments a pipeline ships to: those of the Beanstalk application of its name, or all where none is. */
export function environmentsOf(state: AwsState, pipeline: Pipeline): readonly BeanstalkEnvironment[] {
  const own = state.environments.filter((environment) => environment.application === pipeline.name);
  return own.length > 0 ? own : state.environments;
}

/** How many instances run each version, the environment's own first. */
export function countVersions(environment: BeanstalkEnvironment): readonly { readonly version: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const instance of environment.instances) {
    const version = instance.version ?? 'unknown';
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts].map(([version, count]) => ({ version, count })).sort((one, other) => Number(other.version === environment.version) - Number(one.version === environment.version));
}

/** The commit of a version where it is known, else the telling end of its label. */
export function shortVersion(label: string | undefined, commits: ReadonlyMap<string, string>): string {
  if (label === undefined || label === '') return 'no version';
  const commit = commits.get(label) ?? /^code-pipeline-\d+-([0-9a-f]{40})$/.exec(label)?.[1];
  if (commit !== undefined) return commit.slice(0, 7);
  return label.length > 20 ? `…${label.slice(-8)}` : label;
}

/** 'i-0a1b2c3d4e5f60011' → 'i-…60011': instances differ at their ends. */
export function shortInstance(id: string): string {
  return id.length > 10 ? `i-…${id.slice(-5)}` : id;
}
