import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { describe, expect, it } from '@jest/globals';
import { toListed } from '../../src/aws/pipelines/executions.ts';
import type { ListedExecution } from '../../src/aws/pipelines/executions.ts';
import { toDefinition } from '../../src/aws/pipelines/definitions.ts';
import { stageStatusOf, toObserved } from '../../src/aws/pipelines/observe-execution.ts';
import type { Told } from '../../src/aws/pipelines/observe-execution.ts';
import { disabledTransitions } from '../../src/aws/pipelines/states.ts';
import type { ObservedAction } from '../../src/domain/observation.ts';
import { approval, attempt, build, declaration, EXECUTION, NEWER, SHA, source, TOKEN, waiting } from './recorded/shop.ts';

const { pipeline } = toDefinition(declaration, 'us-east-1');

function listed(id: string, minute: number, more: Partial<ListedExecution> = {}): ListedExecution {
  const at = Date.UTC(2026, 10, 22, 10, minute);
  return { ...toListed({ pipelineExecutionId: id, status: 'InProgress', startTime: new Date(at), lastUpdateTime: new Date(at) }), ...more };
}

const list = [
  listed(NEWER, 3),
  { ...listed(EXECUTION, 0), revisions: [{ id: SHA, summary: 'Lower the price', sourceAction: 'Checkout' }] },
];

function told(more: Partial<Told> = {}): Told {
  return {
    pipeline,
    execution: { pipelineExecutionId: EXECUTION, status: 'InProgress', trigger: { triggerType: 'CloudWatchEvent', triggerDetail: 'arn:aws:events:…' } },
    actions: [approval, build, source],
    stages: waiting,
    list,
    ...more,
  };
}

function action(observed: ReturnType<typeof toObserved>, name: string): ObservedAction | undefined {
  return observed.stages.flatMap((stage) => stage.actions).find((candidate) => candidate.name === name);
}

describe('an observed execution', () => {
  it('has every stage of the definition, with those not reached', () => {
    const observed = toObserved(told());
    expect(observed.stages.map(({ name, status }) => [name, status])).toEqual([['Source', 'Succeeded'], ['Build', 'Succeeded'], ['Prod', 'InProgress']]);
    expect(action(observed, 'DeployProd')).toEqual({ name: 'DeployProd', kind: 'deploy', provider: 'ElasticBeanstalk', beanstalkEnvironment: 'shop-prod' });
    expect(observed.startedAt).toBe(Date.UTC(2026, 10, 22, 10, 0));
  });

  it('takes the token of an open approval from the state, and tells when it expires', () => {
    expect(action(toObserved(told()), 'ApproveProd')).toMatchObject({ token: TOKEN, expiresAt: Date.UTC(2026, 10, 22, 11, 5) });
  });

  it('has no token while the state tells of another execution or another attempt', () => {
    const [first, second, prod] = waiting;
    if (!first || !second || !prod) throw new Error('the recorded state has three stages');
    const other = [first, second, { ...prod, latestExecution: { pipelineExecutionId: NEWER, status: 'InProgress' as const } }];
    expect(action(toObserved(told({ stages: other })), 'ApproveProd')?.token).toBeUndefined();
    const retried = { ...approval, actionExecutionId: 'another-attempt' };
    expect(action(toObserved(told({ actions: [retried, build, source] })), 'ApproveProd')?.token).toBeUndefined();
  });

  it('drops the token once the approval was answered', () => {
    const answered: ActionExecutionDetail = { ...approval, status: 'Failed', updatedBy: 'arn:aws:iam::123456789012:user/olive', output: { executionResult: { externalExecutionSummary: 'not today' } } };
    expect(action(toObserved(told({ actions: [answered, build, source] })), 'ApproveProd')).toMatchObject({ status: 'Failed', summary: 'not today', updatedBy: 'arn:aws:iam::123456789012:user/olive' });
    expect(action(toObserved(told({ actions: [answered, build, source] })), 'ApproveProd')).not.toHaveProperty('token');
  });

  it('answers a PARALLEL approval with its external execution id, since the state has no token', () => {
    const open: ActionExecutionDetail = { ...approval, output: { executionResult: { externalExecutionId: TOKEN } } };
    const observed = toObserved(told({ pipeline: { ...pipeline, mode: 'PARALLEL' }, stages: [], actions: [open, build, source] }));
    expect(action(observed, 'ApproveProd')?.token).toBe(TOKEN);
    expect(observed.stages.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded', 'InProgress']);
  });

  it('keeps the latest attempt of a retried action', () => {
    const failed = { ...build, status: 'Failed' as const, actionExecutionId: 'first' };
    const again = { ...build, status: 'InProgress' as const, actionExecutionId: 'second', startTime: new Date('2026-11-22T10:30:00Z') };
    expect(action(toObserved(told({ actions: [failed, again, source] })), 'Build')?.status).toBe('InProgress');
  });

  it('names the newer executions that wait behind it', () => {
    expect(toObserved(told()).behind).toEqual([NEWER]);
  });

  it('tells in front of which stage it waits, and why the transition is closed', () => {
    const [first, second, prod] = waiting;
    if (!first || !second || !prod) throw new Error('the recorded state has three stages');
    const closed = { enabled: false, disabledReason: 'held by olive', lastChangedBy: 'arn:aws:iam::123456789012:user/olive', lastChangedAt: new Date(5) };
    const observed = toObserved(told({
      execution: { pipelineExecutionId: NEWER, status: 'InProgress' },
      actions: [],
      stages: [first, second, { ...prod, inboundTransitionState: closed }],
    }));
    expect(observed.before).toEqual({ stage: 'Prod', disabled: { reason: 'held by olive', by: 'arn:aws:iam::123456789012:user/olive', at: 5 } });
    expect(toObserved(told()).before).toBeUndefined();
  });

  it('takes revisions from the list, and from the artifacts where the list does not reach back', () => {
    expect(toObserved(told()).revisions).toEqual([{ id: SHA, summary: 'Lower the price', sourceAction: 'Checkout' }]);
    const old = told({ list: [], execution: { pipelineExecutionId: EXECUTION, status: 'Succeeded', artifactRevisions: [{ name: 'SourceOutput', revisionId: SHA }] } });
    expect(toObserved(old).revisions).toEqual([{ id: SHA, summary: 'Lower the price', sourceAction: 'Checkout' }]);
  });

  it('names the execution that took its place', () => {
    const superseded = told({ execution: { pipelineExecutionId: EXECUTION, status: 'Superseded' }, list: [listed(NEWER, 3), listed(EXECUTION, 0, { status: 'Superseded', updatedAt: Date.UTC(2026, 10, 22, 10, 9) })] });
    expect(toObserved(superseded).supersededBy).toBe(NEWER);
  });

  it('passes over newer executions that had failed by then', () => {
    const failed = listed('failed', 2, { status: 'Failed', updatedAt: Date.UTC(2026, 10, 22, 10, 4) });
    const late = listed('late', 20);
    const superseded = told({ execution: { pipelineExecutionId: EXECUTION, status: 'Superseded' }, list: [late, listed(NEWER, 3), failed, listed(EXECUTION, 0, { status: 'Superseded', updatedAt: Date.UTC(2026, 10, 22, 10, 9) })] });
    expect(toObserved(superseded).supersededBy).toBe(NEWER);
  });

  it('keeps stages that the definition no longer has', () => {
    const former = attempt({ category: 'Deploy', provider: 'ElasticBeanstalk', stageName: 'Staging', actionName: 'Deploy' });
    expect(toObserved(told({ actions: [former, source] })).stages.at(-1)).toMatchObject({ name: 'Staging', status: 'Succeeded' });
  });
});

function actionsWith(statuses: readonly (ObservedAction['status'] | undefined)[]): readonly ObservedAction[] {
  return statuses.map((status, index) => ({ name: `a${index}`, kind: 'other', provider: 'Manual', ...(status && { status }) }));
}

describe('the status of a stage, from its actions alone', () => {
  it.each([
    [[undefined, undefined], 'InProgress', undefined],
    [['Succeeded', undefined], 'InProgress', 'InProgress'],
    [['Succeeded', 'Succeeded'], 'InProgress', 'Succeeded'],
    [['Failed', 'Succeeded'], 'Failed', 'Failed'],
    [['InProgress', 'Failed'], 'InProgress', 'InProgress'],
    [['InProgress'], 'Stopping', 'Stopping'],
    [['Abandoned'], 'Stopped', 'Stopped'],
    [['Succeeded', undefined], 'Stopped', 'Stopped'],
  ] as const)('%j in an execution %s is %s', (statuses, execution, expected) => {
    expect(stageStatusOf(actionsWith(statuses), execution)).toBe(expected);
  });
});

describe('the closed ways into stages', () => {
  it('are those whose inbound transition is disabled, with who and why', () => {
    const at = new Date(Date.UTC(2026, 10, 22, 10, 0));
    const closed = { enabled: false, disabledReason: 'migration running', lastChangedBy: 'arn:aws:iam::123456789012:user/olive', lastChangedAt: at };
    const stages = [{ stageName: 'Source' }, { stageName: 'Build', inboundTransitionState: { enabled: true } }, { stageName: 'Prod', inboundTransitionState: closed }];
    expect(disabledTransitions(stages)).toEqual([{ stage: 'Prod', reason: 'migration running', by: 'arn:aws:iam::123456789012:user/olive', at: at.getTime() }]);
  });
});
