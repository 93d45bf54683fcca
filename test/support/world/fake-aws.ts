import type { App } from '../../../src/domain/app.ts';
import { Fault } from '../../../src/domain/faults.ts';
import type { ObservedAction, ObservedExecution } from '../../../src/domain/observation.ts';
import { mayTakeOver } from '../../../src/domain/barriers/take-over.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import type { Aws, EffectCall, EffectResult } from '../../../src/ports.ts';
import type { FakeAccount, FakeAction, FakeExecution } from './fake-account.ts';
import type { FakeEnvironment } from './fake-environment.ts';

/** How Jack's own calls look to AWS. */
export const JACK = 'arn:aws:sts::123456789012:assumed-role/jack/jack';
const SKEW_MS = 5_000;

/** One call that changed something, or tried to. */
export interface Call {
  readonly effect: Effect;
  readonly call: EffectCall;
  readonly result: EffectResult;
}

export interface FakeAws extends Aws {
  readonly calls: readonly Call[];
}

/** The port on the account: what Jack's adapter promises, without a wire. */
export function fakeAws(account: FakeAccount): FakeAws {
  const calls: Call[] = [];
  const environment = (name: string): FakeEnvironment => {
    const found = account.environments.get(name);
    if (!found) throw new Fault(`No Environment found for EnvironmentName = '${name}'.`, { retryable: false });
    return found;
  };
  const known = (id: string): FakeExecution | undefined => account.shown.find((one) => one.id === id);
  return {
    calls,
    async observeExecution(_app, _pipeline, id) {
      const execution = known(id);
      return execution && observed(execution, account);
    },
    async recentExecutions(_app, pipeline, limit = 100) {
      const own = account.shown.filter((one) => one.pipeline.name === pipeline.name).toReversed();
      return own.slice(0, limit).map(({ id, status, startedAt, updatedAt, trigger, revision }) => ({ id, status, startedAt, updatedAt, trigger, revisions: [revision] }));
    },
    openExecutions: async (_app, { name }) =>
      account.shown.filter((one) => one.pipeline.name === name && (one.status === 'InProgress' || one.status === 'Stopping')).map(({ id }) => id).toReversed(),
    disabledTransitions: async (_app, pipeline) =>
      pipeline.stages.flatMap(({ name }) => {
        const reason = account.disabled.get(`${pipeline.name}/${name}`);
        const by = account.changedBy.get(`${pipeline.name}/${name}`);
        return reason === undefined ? [] : [{ stage: name, reason, ...(by !== undefined && { by }) }];
      }),
    lastChangedBy: async (_app, { name }, stage) => account.changedBy.get(`${name}/${stage}`),
    sourceHead: async () => account.head,
    observeEnvironment: async (_app, name) => environment(name).observe(),
    async observeOperation(_app, name, find) {
      const { operations } = environment(name);
      if (find.requestId !== undefined) return operations.find((one) => one.requestId === find.requestId);
      const found = operations.findLast((one) => one.startedAt >= find.since - 1000 && (find.label === undefined || one.label === find.label));
      return found && { ...found };
    },
    environmentEvents: async (_app, name, since) => environment(name).operations.flatMap((one) => one.events).filter((event) => event.at >= since),
    versions: async () => account.versions.toReversed().map(({ label, commit, at }) => ({ label, createdAt: at, usable: true, commit })),
    async revisionOfLabel(_app, label): Promise<Revision> {
      const version = account.versions.find((one) => one.label === label);
      return version ? { id: version.commit, label } : { label };
    },
    pastDeploys: async () => [],
    commitsBetween: async (_app, _pipeline, _from, to) => ({ count: 1, commits: [{ id: to, summary: 'Fix the basket', author: { name: 'Linus', email: 'linus@example.com' } }], truncated: false }),
    async perform(app, effect, call) {
      const result = perform(app, effect, call, account, environment);
      calls.push({ effect, call, result });
      return result;
    },
    findEffect: async (_app, effect, call) => find(effect, call, account, environment),
    gatherFailure: async (_app, release) => ({ cause: release.outcome ?? 'It broke.', links: [{ label: 'Execution', url: 'https://aws.example/execution' }] }),
    alarms: async (_app, names) =>
      [...account.alarms].filter(([name]) => names.includes(name)).map(([name, state]) => ({ name, state })),
    link: (_app, to) => `https://aws.example/${to.kind}`,
  };
}

function observed(execution: FakeExecution, account: FakeAccount): ObservedExecution {
  const { id, pipeline, status, startedAt, updatedAt, trigger, revision, stop, supersededBy } = execution;
  const stageName = execution.stages[execution.at]?.name ?? '';
  const reason = account.disabled.get(`${pipeline.name}/${stageName}`);
  const waits = status === 'InProgress' && !execution.inside;
  const behind = account.executions.filter((one) => one.startedAt > startedAt && !one.inside && one.at === execution.at && one.status === 'InProgress');
  return {
    id, pipeline: pipeline.name, status, startedAt, updatedAt, trigger,
    revisions: execution.stages[0]?.actions[0]?.status === undefined ? [] : [revision],
    stages: execution.stages.map((stage) => observedStage(stage)),
    behind: behind.map((one) => one.id).toReversed(),
    ...(stop && { stopReason: stop.reason, ...(stop.by !== JACK && { stoppedBy: stop.by }) }),
    ...(waits && { before: { stage: stageName, ...(reason !== undefined && { disabled: { reason } }) } }),
    ...(supersededBy !== undefined && { supersededBy }),
  };
}

function observedStage({ name, actions }: FakeExecution['stages'][number]): ObservedExecution['stages'][number] {
  const reached = actions.some((action) => action.status !== undefined);
  const status = actions.some((action) => action.status === 'Failed') ? 'Failed' : actions.every((action) => action.status === 'Succeeded') ? 'Succeeded' : 'InProgress';
  return { name, ...(reached && { status }), actions: actions.map(observedAction) };
}

function observedAction({ is, token, ...seen }: FakeAction): ObservedAction {
  const { name, kind, provider, beanstalkEnvironment, timeoutMs } = is;
  const open = is.kind === 'approval' && seen.status === 'InProgress' && token !== undefined;
  return {
    name, kind, provider,
    ...(beanstalkEnvironment !== undefined && { beanstalkEnvironment }),
    ...seen,
    ...(open && { token, ...(timeoutMs !== undefined && seen.startedAt !== undefined && { expiresAt: seen.startedAt + timeoutMs }) }),
  };
}

type Find = (name: string) => FakeEnvironment;

/** Each change once. No token protects a repeat: only looking for the effect does. */
function perform(app: App, effect: Effect, call: EffectCall, account: FakeAccount, environment: Find): EffectResult {
  switch (effect.kind) {
    case 'start-execution': {
      const pipeline = app.pipelines.find((one) => one.name === effect.pipeline);
      if (!pipeline) return { kind: 'refused', text: `The pipeline with name ${effect.pipeline} does not exist.` };
      return { kind: 'started', executionId: account.start(pipeline, { type: 'StartPipelineExecution', detail: JACK }, effect.override?.commit).id };
    }
    case 'answer-approval':
      return account.answer(effect, { approved: effect.approved, summary: effect.summary, by: JACK }) ? { kind: 'done' } : { kind: 'overtaken', text: 'The approval action has already been approved or rejected.' };
    case 'stop-execution':
      return account.stop(effect.executionId, { abandon: effect.abandon, reason: effect.reason, by: JACK }) ? { kind: 'done' } : { kind: 'overtaken', text: 'The execution is over.' };
    case 'update-environment': {
      const place = environment(effect.beanstalkEnvironment);
      if (place.running) return { kind: 'busy', text: 'Must be Ready.' };
      const requestId = account.next('request');
      place.start(effect.label, requestId, account.now);
      return { kind: 'updating', requestId, at: account.now };
    }
    case 'abort-update':
      return environment(effect.beanstalkEnvironment).abort() ? { kind: 'done' } : { kind: 'overtaken', text: 'Nothing to abort.' };
    case 'hold-transition':
    case 'free-transition': {
      const found = find(effect, call, account, environment);
      if (found) return found;
      if (account.mishaps.denied.has(effect.kind)) return { kind: 'refused', text: `not authorized to ${effect.kind}` };
      if (effect.kind === 'hold-transition') account.close(`${effect.pipeline}/${effect.stage}`, effect.reason, JACK);
      else account.open(`${effect.pipeline}/${effect.stage}`, JACK);
      return { kind: 'done' };
    }
    default:
      return effect satisfies never;
  }
}

function find(effect: Effect, call: EffectCall, account: FakeAccount, environment: Find): EffectResult | undefined {
  const since = call.t0 - SKEW_MS;
  switch (effect.kind) {
    case 'start-execution': {
      const own = account.shown.filter((one) => one.pipeline.name === effect.pipeline && one.trigger.detail === JACK && one.startedAt >= since).toReversed();
      const found = own.findLast((one) => one.startedAt >= call.t0) ?? own[0];
      return found && { kind: 'started', executionId: found.id };
    }
    case 'answer-approval': {
      const action = account.executions.flatMap((one) => one.stages).flatMap((stage) => stage.actions).find((one) => one.token === effect.token);
      if (action?.status === undefined || action.status === 'InProgress') return undefined;
      return action.summary === effect.summary ? { kind: 'done' } : { kind: 'overtaken', text: 'answered by somebody else' };
    }
    case 'stop-execution': {
      const execution = account.executions.find((one) => one.id === effect.executionId);
      if (execution?.status === 'Stopped' || (execution?.status === 'Stopping' && !effect.abandon)) return { kind: 'done' };
      return execution?.status === 'InProgress' || execution?.status === 'Stopping' ? undefined : { kind: 'overtaken', text: 'The execution had ended.' };
    }
    case 'update-environment': {
      const operation = environment(effect.beanstalkEnvironment).operations.find((one) => one.label === effect.label && one.startedAt >= since);
      return operation && { kind: 'updating', requestId: operation.requestId, at: operation.startedAt };
    }
    case 'abort-update': {
      const { status } = environment(effect.beanstalkEnvironment).observe();
      const isMeant = ({ requestId }: { readonly requestId: string }): boolean => effect.requestId === undefined || requestId === effect.requestId;
      const { operations } = environment(effect.beanstalkEnvironment);
      if (operations.some((one) => isMeant(one) && one.aborted && (one.endedAt ?? 0) >= since)) return { kind: 'done' };
      if (operations.some((one) => !isMeant(one) && one.startedAt >= since)) return { kind: 'overtaken', text: 'another update has begun since' };
      if (status === 'Aborting') return { kind: 'done' };
      return status === 'Ready' ? { kind: 'overtaken', text: 'the environment had finished its update' } : undefined;
    }
    case 'hold-transition': {
      const reason = account.disabled.get(`${effect.pipeline}/${effect.stage}`);
      if (reason === undefined || (reason !== effect.reason && mayTakeOver(effect.reason, reason, effect.foreign))) return undefined;
      return reason === effect.reason ? { kind: 'done' } : { kind: 'overtaken', text: reason };
    }
    case 'free-transition': {
      const reason = account.disabled.get(`${effect.pipeline}/${effect.stage}`);
      if (reason === undefined) return { kind: 'done' };
      return reason === effect.reason ? undefined : { kind: 'overtaken', text: reason };
    }
    default:
      return effect satisfies never;
  }
}
