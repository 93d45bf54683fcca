import { describe, expect, it } from '@jest/globals';
import { buildMishaps } from '../../../sandbox/aws/mishaps/build-mishaps.ts';
import type { Answer, PipelineAccount } from '../support/pipeline-account.ts';
import { pipelineAccount } from '../support/pipeline-account.ts';
import { execution, refusal, stage, start } from '../support/shop-walk.ts';

function build(account: PipelineAccount): Answer {
  const id = stage(account, 'Build').actionStates[0].latestExecution.externalExecutionId;
  return account.callBuild('BatchGetBuilds', { ids: [id] }).builds[0];
}

function builtWith(mishap?: string): PipelineAccount {
  const account = pipelineAccount();
  if (mishap) account.arm(mishap);
  start(account);
  account.clock.pass(4);
  account.clock.pass(600);
  return account;
}

describe('a build', () => {
  it('goes through its phases, and is found by id and by ARN', () => {
    const account = pipelineAccount();
    start(account);
    account.clock.pass(4);
    account.clock.pass(20);
    const running = build(account);
    expect(running).toMatchObject({ buildStatus: 'IN_PROGRESS', buildComplete: false, currentPhase: 'INSTALL', initiator: 'codepipeline/shop', projectName: 'shop-build' });
    expect(running.phases.at(-1).phaseStatus).toBeUndefined();
    account.clock.pass(100);
    const done = account.callBuild('BatchGetBuilds', { ids: [running.arn, 'shop-build:none'] });
    expect(done.buildsNotFound).toEqual(['shop-build:none']);
    expect(done.builds[0].buildStatus).toBe('SUCCEEDED');
    expect(done.builds[0].phases.map((each: Answer) => each.phaseType)).toEqual(['SUBMITTED', 'QUEUED', 'PROVISIONING', 'DOWNLOAD_SOURCE', 'INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD', 'UPLOAD_ARTIFACTS', 'FINALIZING', 'COMPLETED']);
    expect(done.builds[0].phases.at(-1)).toEqual({ phaseType: 'COMPLETED', startTime: expect.any(Number) });
  });

  it('has a log stream from PROVISIONING on, with a link to it', () => {
    const account = pipelineAccount();
    start(account);
    account.clock.pass(4);
    account.clock.pass(0.5);
    expect(build(account).logs.streamName).toBeUndefined();
    account.clock.pass(2);
    const { logs, id } = build(account);
    expect(logs.streamName).toBe(id.split(':')[1]);
    expect(logs.deepLink).toContain(`log-group/$252Faws$252Fcodebuild$252Fshop-build/log-events/${logs.streamName}`);
  });

  it('writes its log over time, the agent with a stamp and the commands without', () => {
    const account = pipelineAccount();
    start(account);
    account.clock.pass(4);
    account.clock.pass(30);
    const stream = build(account).logs.streamName;
    const early = [...(account.logs.get(stream) ?? [])];
    expect(early.at(-1)).not.toMatch(/UPLOAD_ARTIFACTS/);
    account.clock.pass(100);
    const all = account.logs.get(stream) ?? [];
    expect(all.slice(0, early.length)).toEqual(early);
    expect(all).toContainEqual(expect.stringMatching(/^\[Container\] 2026\/11\/22 09:\d\d:\d\d\.\d{6} Running command npm test$/));
    expect(all).toContain('found 0 vulnerabilities');
    expect(all.at(-2)).toMatch(/Phase complete: UPLOAD_ARTIFACTS State: SUCCEEDED$/);
  });

  it('stops where it is, and fails its action', () => {
    const account = pipelineAccount();
    const id = start(account);
    account.clock.pass(4);
    account.clock.pass(50);
    const stopped = account.callBuild('StopBuild', { id: build(account).id }).build;
    expect(stopped).toMatchObject({ buildStatus: 'STOPPED', currentPhase: 'COMPLETED' });
    expect(stopped.phases.at(-2)).toMatchObject({ phaseType: 'BUILD', phaseStatus: 'STOPPED' });
    expect(execution(account, id).status).toBe('Failed');
  });

  it('leaves a report of its tests', () => {
    const [arn] = build(builtWith()).reportArns;
    expect(arn).toMatch(/:report\/shop-build-jest:/);
  });

  it('is refused by hand for a pipeline’s project, and started with a source of its own', () => {
    const account = builtWith();
    expect(refusal(() => account.callBuild('StartBuild', { projectName: 'shop-build' }))).toBe('InvalidInputException');
    expect(refusal(() => account.callBuild('StartBuild', { projectName: 'nope' }))).toBe('ResourceNotFoundException');
    expect(refusal(() => account.callBuild('RetryBuild', { id: build(account).id }))).toBe('InvalidInputException');
    const started = account.callBuild('StartBuild', { projectName: 'shop-build', sourceTypeOverride: 'CODECOMMIT', sourceLocationOverride: 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/shop' }).build;
    expect(started).toMatchObject({ buildStatus: 'IN_PROGRESS', buildNumber: 2 });
    expect(account.callBuild('ListBuildsForProject', { projectName: 'shop-build' }).ids).toEqual([started.id, build(account).id]);
    expect(account.callBuild('RetryBuild', { id: started.id }).build.buildNumber).toBe(3);
  });

  it('is told to EventBridge phase by phase, and as a whole', () => {
    const account = builtWith();
    const states = account.events.filter(({ detailType }) => detailType === 'CodeBuild Build State Change');
    expect(states.map(({ detail }) => detail['build-status'])).toEqual(['IN_PROGRESS', 'SUCCEEDED']);
    expect(states[1]?.detail['build-id']).toMatch(/^arn:aws:codebuild:us-east-1:123456789012:build\/shop-build:/);
    expect(states[1]?.detail['additional-information']).toMatchObject({ 'build-start-time': 'Nov 22, 2026 9:00:04 AM', 'build-complete': true });
    expect(account.events.filter(({ detailType }) => detailType === 'CodeBuild Build Phase Change')).toHaveLength(10);
  });

  it('remembers the builds of the past, with the phase that failed', () => {
    const account = pipelineAccount({ withPast: true });
    const { ids } = account.callBuild('ListBuildsForProject', { projectName: 'shop-build' });
    expect(ids).toHaveLength(4);
    const { builds } = account.callBuild('BatchGetBuilds', { ids });
    const failed = builds.find((each: Answer) => each.buildStatus === 'FAILED');
    expect(failed.phases.find((each: Answer) => each.phaseStatus === 'FAILED')).toMatchObject({ phaseType: 'BUILD', contexts: [{ statusCode: 'COMMAND_EXECUTION_ERROR' }] });
  });

  it('shows its project', () => {
    const answer = pipelineAccount().callBuild('BatchGetProjects', { names: ['shop-build', 'nope'] });
    expect(answer.projects[0]).toMatchObject({ name: 'shop-build', source: { type: 'CODEPIPELINE' } });
    expect(answer.projectsNotFound).toEqual(['nope']);
    expect(pipelineAccount().callBuild('ListProjects', {}).projects).toContain('shop-build');
  });
});

describe('a failed build', () => {
  it.each(buildMishaps.map((mishap) => [mishap.id, mishap] as const))('%s: the action carries state, phase, code and message', (id, mishap) => {
    const account = builtWith(id);
    const { errorDetails } = stage(account, 'Build').actionStates[0].latestExecution;
    const state = mishap.status ?? 'FAILED';
    expect(errorDetails).toEqual({ code: 'JobFailed', message: `Build terminated with state: ${state}. Phase: ${mishap.phase}, Code: ${mishap.statusCode}, Message: ${mishap.message}` });
    expect(build(account).buildStatus).toBe(state);
  });

  it('runs POST_BUILD and UPLOAD_ARTIFACTS after a failed BUILD', () => {
    const account = builtWith('build-command-failed');
    const phases = build(account).phases.map((each: Answer) => `${each.phaseType} ${each.phaseStatus ?? ''}`);
    expect(phases.slice(-5)).toEqual(['BUILD FAILED', 'POST_BUILD SUCCEEDED', 'UPLOAD_ARTIFACTS SUCCEEDED', 'FINALIZING SUCCEEDED', 'COMPLETED ']);
    const log = account.logs.get(build(account).logs.streamName) ?? [];
    expect(log.findIndex((line) => line.endsWith('Command did not exit successfully npm run build exit status 2'))).toBeLessThan(log.findIndex((line) => line.includes('Phase complete: BUILD State: FAILED')));
  });

  it('runs nothing more after a failed INSTALL', () => {
    const phases = build(builtWith('dependency-install-failed')).phases.map((each: Answer) => each.phaseType);
    expect(phases.slice(-3)).toEqual(['INSTALL', 'FINALIZING', 'COMPLETED']);
  });

  it('names the tests that failed, one page at a time', () => {
    const account = builtWith('tests-failed');
    const [reportArn] = build(account).reportArns;
    const [report] = account.callBuild('BatchGetReports', { reportArns: [reportArn] }).reports;
    expect(report).toMatchObject({ status: 'FAILED', testSummary: { total: 5, statusCounts: { FAILED: 2, SUCCEEDED: 3 } } });
    const first = account.callBuild('DescribeTestCases', { reportArn, filter: { status: 'FAILED' }, maxResults: 1 });
    const second = account.callBuild('DescribeTestCases', { reportArn, filter: { status: 'FAILED' }, maxResults: 1, nextToken: first.nextToken });
    expect([...first.testCases, ...second.testCases].map((each: Answer) => each.name)).toEqual(['rounds half to even', 'keeps the currency']);
    expect(second.nextToken).toBeUndefined();
  });

  it('times out after the shortest timeout that a project can have', () => {
    const account = pipelineAccount();
    account.arm('build-timeout');
    start(account);
    account.clock.pass(4);
    account.clock.pass(300);
    expect(build(account)).toMatchObject({ buildStatus: 'IN_PROGRESS', timeoutInMinutes: 5 });
    account.clock.pass(60);
    expect(build(account).buildStatus).toBe('TIMED_OUT');
  });

  it('misses a buildspec that the commit does not have', () => {
    const account = pipelineAccount({ buildspec: 'ci/buildspec.yml' });
    start(account);
    account.clock.pass(4);
    account.clock.pass(100);
    expect(stage(account, 'Build').actionStates[0].latestExecution.errorDetails.message).toBe('Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: YAML_FILE_ERROR, Message: YAML file does not exist');
  });
});
