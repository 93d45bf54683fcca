import type { App, Pipeline, PipelineAction } from '../../../src/domain/app.ts';
import type { ObservedExecution, Time, Trigger } from '../../../src/domain/observation.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import { FakeEnvironment, type Assumptions } from './fake-environment.ts';

type Changing<T> = { -readonly [Field in keyof T]: T[Field] };

/** One action of one execution; without a status it was not reached. */
export interface FakeAction {
  readonly is: PipelineAction;
  status?: 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';
  startedAt?: Time;
  updatedAt?: Time;
  updatedBy?: string;
  summary?: string;
  error?: { code: string; message: string };
  token?: string;
  label?: string;
}

export interface FakeExecution {
  readonly id: string;
  readonly pipeline: Pipeline;
  readonly startedAt: Time;
  readonly trigger: Trigger;
  readonly revision: Revision & { readonly id: string };
  readonly stages: readonly { readonly name: string; readonly actions: readonly FakeAction[] }[];
  status: ObservedExecution['status'];
  updatedAt: Time;
  /** Index of the stage it is in, or waits in front of. */
  at: number;
  inside: boolean;
  stop?: { abandon: boolean; reason: string; by: string };
  supersededBy?: string;
}

/** What is wrong with the world, until somebody mends it. */
export interface Mishaps {
  /** 'Build/Build': this action fails. */
  failing: Set<string>;
  /** Executions that AWS has forgotten. */
  forgotten: Set<string>;
  /** Effects that Jack's role may not have: 'hold-transition', 'free-transition'. */
  denied: Set<string>;
  /** How long AWS does not show an execution that it has started, milliseconds. */
  hiddenMs: number;
}

/**
 * An AWS account as one app sees it. Nothing moves but on `tick`, one action a tick; the rules are CodePipeline's: one
 * execution in a stage, the newest of those that wait, approvals that want their token, transitions that are disabled.
 */
export class FakeAccount {
  readonly executions: FakeExecution[] = [];
  readonly environments: ReadonlyMap<string, FakeEnvironment>;
  /** 'pipeline/stage' → reason. */
  readonly disabled = new Map<string, string>();
  /** 'pipeline/stage' → who last opened or closed it. */
  readonly changedBy = new Map<string, string>();
  /** Who went into which stage, oldest first. */
  readonly entered: { readonly executionId: string; readonly door: string; readonly at: Time; /** Who had opened it last. */ readonly openedBy?: string }[] = [];
  /** Every change of a way into a stage, with the reasons before and after; none: open. */
  readonly doorLog: { readonly by: string; readonly from?: string; readonly to?: string }[] = [];
  /** CloudWatch's, by name. */
  readonly alarms = new Map<string, 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'>();
  readonly mishaps: Mishaps = { failing: new Set(), forgotten: new Set(), denied: new Set(), hiddenMs: 0 };
  head: Revision & { readonly id: string };
  now: Time;
  #made = 0;
  readonly #versions: { label: string; commit: string; at: Time }[] = [];

  constructor(app: App, now: Time, assumptions: Assumptions) {
    this.now = now;
    this.head = { id: 'a'.repeat(40), summary: 'Fix the basket', sourceAction: 'Source' };
    this.addVersion('v0', '0'.repeat(40));
    this.addVersion('v1', '1'.repeat(40));
    this.environments = new Map(app.environments.map(({ beanstalkEnvironment }, index) => [beanstalkEnvironment, new FakeEnvironment(beanstalkEnvironment, { label: 'v1', instances: index + 1, assumptions })]));
  }

  next(what: string): string {
    this.#made += 1;
    return `${what}-${this.#made}`;
  }

  get versions(): readonly { readonly label: string; readonly commit: string; readonly at: Time }[] {
    return this.#versions;
  }

  addVersion(label: string, commit: string): void {
    if (!this.#versions.some((version) => version.label === label)) this.#versions.push({ label, commit, at: this.now });
  }

  start(pipeline: Pipeline, trigger: Trigger, commit?: string): FakeExecution {
    const revision = commit === undefined ? this.head : { id: commit, sourceAction: 'Source' };
    const stages = pipeline.stages.map((stage) => ({ name: stage.name, actions: stage.actions.map((is): FakeAction => ({ is })) }));
    const execution: FakeExecution = { id: this.next('execution'), pipeline, startedAt: this.now, updatedAt: this.now, trigger, revision, stages, status: 'InProgress', at: 0, inside: true };
    this.executions.push(execution);
    return execution;
  }

  /** What AWS shows of them now. */
  get shown(): readonly FakeExecution[] {
    return this.executions.filter((one) => !this.mishaps.forgotten.has(one.id) && this.now >= one.startedAt + this.mishaps.hiddenMs);
  }

  tick(): void {
    for (const environment of this.environments.values()) environment.tick(this.now);
    for (const execution of this.executions) this.#advance(execution);
  }

  #advance(execution: FakeExecution): void {
    if (execution.status === 'Stopping') return this.#stopping(execution);
    if (execution.status !== 'InProgress') return;
    if (!execution.inside && !this.#enter(execution)) return;
    const stage = execution.stages[execution.at];
    const action = stage?.actions.find((one) => one.status !== 'Succeeded');
    if (stage && action) this.#act(execution, action, `${stage.name}/${action.is.name}`);
    if (stage?.actions.some((one) => one.status === 'Failed')) this.#end(execution, 'Failed');
    else if (stage?.actions.every((one) => one.status === 'Succeeded')) this.#leave(execution);
  }

  #leave(execution: FakeExecution): void {
    execution.at += 1;
    execution.inside = false;
    if (execution.at >= execution.stages.length) this.#end(execution, 'Succeeded');
  }

  /** Of those that wait in front of a stage only the newest stays. */
  #enter(execution: FakeExecution): boolean {
    const rivals = this.executions.filter((other) => other !== execution && other.pipeline.name === execution.pipeline.name && (other.status === 'InProgress' || (other.inside && other.status === 'Stopping')) && other.at === execution.at);
    const parallel = execution.pipeline.mode === 'PARALLEL';
    const newer = rivals.findLast((other) => !other.inside && other.status === 'InProgress' && this.executions.indexOf(other) > this.executions.indexOf(execution));
    if (newer && execution.pipeline.mode === 'SUPERSEDED') {
      execution.supersededBy = newer.id;
      this.#end(execution, 'Superseded');
      return false;
    }
    if (this.disabled.has(this.#stageKey(execution)) || (!parallel && rivals.some((other) => other.inside))) return false;
    execution.inside = true;
    const door = this.#stageKey(execution);
    const openedBy = this.changedBy.get(door);
    this.entered.push({ executionId: execution.id, door, at: this.now, ...(openedBy !== undefined && { openedBy }) });
    return true;
  }

  /** Closes the way into a stage, as the console does: the last reason stays. */
  close(door: string, reason: string, by: string): void {
    this.#changeDoor(door, reason, by);
  }

  open(door: string, by: string): void {
    if (this.disabled.has(door)) this.#changeDoor(door, undefined, by);
  }

  #changeDoor(door: string, to: string | undefined, by: string): void {
    const from = this.disabled.get(door);
    this.doorLog.push({ by, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
    this.changedBy.set(door, by);
    if (to === undefined) this.disabled.delete(door);
    else this.disabled.set(door, to);
  }

  #stageKey(execution: FakeExecution): string {
    return `${execution.pipeline.name}/${execution.stages[execution.at]?.name ?? ''}`;
  }

  #act(execution: FakeExecution, action: FakeAction, key: string): void {
    if (action.status === undefined) return this.#begin(execution, action);
    if (action.is.kind === 'approval') return;
    if (this.mishaps.failing.has(key)) return this.#finish(execution, action, 'Failed', { code: 'JobFailed', message: `${key} broke` });
    const environment = this.environments.get(action.is.beanstalkEnvironment ?? '');
    if (action.is.kind !== 'deploy' || !environment) return this.#finish(execution, action, 'Succeeded');
    const operation = environment.operations.findLast((one) => one.label === action.label);
    if (operation?.outcome === 'succeeded') this.#finish(execution, action, 'Succeeded');
    if (operation?.outcome === 'failed') this.#finish(execution, action, 'Failed', { code: 'JobFailed', message: 'Deployment failed. The environment is not updated.' });
  }

  #begin(execution: FakeExecution, action: FakeAction): void {
    Object.assign(action, { status: 'InProgress', startedAt: this.now, updatedAt: this.now });
    execution.updatedAt = this.now;
    if (action.is.kind === 'approval') action.token = this.next('token');
    const environment = this.environments.get(action.is.beanstalkEnvironment ?? '');
    if (action.is.kind !== 'deploy' || !environment) return;
    if (environment.running) return this.#finish(execution, action, 'Failed', { code: 'InvalidParameterValue', message: `Environment named ${environment.name} is in an invalid state for this operation. Must be Ready.` });
    action.label = `code-pipeline-${execution.id}-${execution.revision.id}`;
    this.addVersion(action.label, execution.revision.id);
    environment.start(action.label, this.next('request'), this.now);
  }

  #finish(execution: FakeExecution, action: FakeAction, status: NonNullable<FakeAction['status']>, error?: FakeAction['error']): void {
    Object.assign(action, { status, updatedAt: this.now, ...(error && { error }) });
    execution.updatedAt = this.now;
  }

  #stopping(execution: FakeExecution): void {
    for (const action of execution.stages.flatMap((stage) => stage.actions)) {
      if (action.status !== 'InProgress') continue;
      if (execution.stop?.abandon) this.#finish(execution, action, 'Abandoned');
      else this.#act(execution, action, '');
    }
    const busy = execution.stages.some((stage) => stage.actions.some((action) => action.status === 'InProgress'));
    if (!busy) this.#end(execution, 'Stopped');
  }

  #end(execution: Changing<FakeExecution>, status: ObservedExecution['status']): void {
    execution.status = status;
    execution.updatedAt = this.now;
  }

  /** False: the approval was answered already, or asks under another token. */
  answer(find: { readonly stage: string; readonly action: string; readonly token: string }, said: { readonly approved: boolean; readonly summary: string; readonly by: string }): boolean {
    for (const execution of this.executions.filter((one) => one.status === 'InProgress')) {
      const stage = execution.stages.find((one) => one.name === find.stage);
      const action = stage?.actions.find((one) => one.is.name === find.action && one.token === find.token && one.status === 'InProgress');
      if (!action) continue;
      Object.assign(action, { updatedBy: said.by, summary: said.summary });
      this.#finish(execution, action, said.approved ? 'Succeeded' : 'Failed');
      if (!said.approved) this.#end(execution, 'Failed');
      return true;
    }
    return false;
  }

  /** The approval's own time is up: CodePipeline fails it, in nobody's name. */
  expire(execution: FakeExecution): void {
    for (const action of execution.stages.flatMap((stage) => stage.actions)) {
      if (action.status === 'InProgress' && action.is.kind === 'approval') this.#finish(execution, action, 'Failed');
    }
    this.#end(execution, 'Failed');
  }

  /** False: it is over. */
  stop(id: string, stop: NonNullable<FakeExecution['stop']>): boolean {
    const execution = this.executions.find((one) => one.id === id);
    if (execution?.status !== 'InProgress' && execution?.status !== 'Stopping') return false;
    execution.stop = stop;
    this.#end(execution, 'Stopping');
    return true;
  }
}
