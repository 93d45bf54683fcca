import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchGetBuildsCommand, CodeBuildClient } from '@aws-sdk/client-codebuild';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CodePipelineClient, CreatePipelineCommand, DisableStageTransitionCommand, GetPipelineCommand, GetPipelineExecutionCommand, GetPipelineStateCommand, InvalidApprovalTokenException, ListActionExecutionsCommand,
  ListPipelineExecutionsCommand, PutApprovalResultCommand, StartPipelineExecutionCommand, paginateListPipelineExecutions,
} from '@aws-sdk/client-codepipeline';
import { buildAccount } from '../../../sandbox/aws/build-account.ts';
import type { BuiltAccount } from '../../../sandbox/aws/build-account.ts';
import { loadSeed } from '../../../sandbox/aws/seeds/load.ts';
import { startAwsServer } from '../../../sandbox/aws/server.ts';
import type { AwsServer } from '../../../sandbox/aws/server.ts';
import { Clock } from '../../../sandbox/clock.ts';

let built: BuiltAccount;
let server: AwsServer;
let pipelines: CodePipelineClient;
let settings: { readonly endpoint: string; readonly region: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } };

/** A pipeline that needs no Beanstalk: source, build, somebody's yes. */
const pipelineName = 'gate';

beforeAll(async () => {
  built = buildAccount({ seed: loadSeed(Date.now()), clock: new Clock(300), endpoint: () => server.url, changed: () => undefined });
  server = await startAwsServer({ port: 0, side: () => built, gate: { before: async () => ({ ticket: 0 }), after: async () => undefined } });
  settings = { endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'AKIASANDBOXJACK00001', secretAccessKey: 'sandbox-secret' } };
  pipelines = new CodePipelineClient(settings);
});

afterAll(async () => {
  pipelines.destroy();
  built.stop();
  await server.close();
});

/** Asks until the answer is there, for some seconds at most. */
async function eventually<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let tries = 0; tries < 250; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('waited in vain');
}

async function action(stageName: string): Promise<{ token?: string | undefined; externalExecutionId?: string | undefined; status?: string | undefined } | undefined> {
  const { stageStates } = await pipelines.send(new GetPipelineStateCommand({ name: pipelineName }));
  return stageStates?.find((each) => each.stageName === stageName)?.actionStates?.[0]?.latestExecution;
}

describe('CodePipeline and CodeBuild, read by AWS’s own client', () => {
  it('run a pipeline from its making to the approval', async () => {
    const { pipeline } = await pipelines.send(new GetPipelineCommand({ name: 'shop' }));
    const stages = (pipeline?.stages ?? []).filter((stage) => stage.name !== 'Dev').map((stage) => ({ ...stage, actions: stage.actions?.filter((each) => each.actionTypeId?.category !== 'Deploy') }));
    await pipelines.send(new CreatePipelineCommand({ pipeline: { ...pipeline, name: pipelineName, roleArn: pipeline?.roleArn, stages } }));
    const build = await eventually(async () => {
      const now = await action('Build');
      return now?.status === 'Succeeded' ? now : undefined;
    });
    const builds = new CodeBuildClient(settings);
    const { builds: found } = await builds.send(new BatchGetBuildsCommand({ ids: [build.externalExecutionId ?? ''] }));
    expect(found?.[0]).toMatchObject({ buildStatus: 'SUCCEEDED', initiator: 'codepipeline/gate' });
    expect(found?.[0]?.startTime).toBeInstanceOf(Date);
    const logs = new CloudWatchLogsClient(settings);
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: found?.[0]?.logs?.groupName, logStreamName: found?.[0]?.logs?.streamName, startFromHead: true }));
    expect(events?.some(({ message }) => message?.includes('Running command npm test'))).toBe(true);
    logs.destroy();
    builds.destroy();
  });

  it('answer its approval, once, with AWS’s error class for the second time', async () => {
    const { token } = await eventually(async () => {
      const now = await action('Prod');
      return now?.token ? now : undefined;
    });
    const answer = { pipelineName, stageName: 'Prod', actionName: 'ApproveProd', token, result: { status: 'Approved', summary: 'fine' } } as const;
    expect((await pipelines.send(new PutApprovalResultCommand(answer))).approvedAt).toBeInstanceOf(Date);
    await expect(pipelines.send(new PutApprovalResultCommand(answer))).rejects.toMatchObject({ name: 'ApprovalAlreadyCompletedException' });
    await expect(pipelines.send(new PutApprovalResultCommand({ ...answer, token: '00000000-0000-4000-8000-000000000000' }))).rejects.toBeInstanceOf(InvalidApprovalTokenException);
    const { actionExecutionDetails } = await pipelines.send(new ListActionExecutionsCommand({ pipelineName }));
    expect(actionExecutionDetails?.[0]).toMatchObject({ actionName: 'ApproveProd', status: 'Succeeded', updatedBy: 'arn:aws:iam::123456789012:user/jack' });
  });

  it('hide a just started execution for a moment, and page through the others', async () => {
    built.account.assumptions.executionVisibleAfterMs = 60_000;
    const { pipelineExecutionId } = await pipelines.send(new StartPipelineExecutionCommand({ name: pipelineName }));
    await expect(pipelines.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }))).rejects.toMatchObject({ name: 'PipelineExecutionNotFoundException' });
    const seen = await eventually(() => pipelines.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId })).catch(() => undefined));
    expect(seen.pipelineExecution?.trigger?.triggerDetail).toBe('arn:aws:iam::123456789012:user/jack');
    const ids: (string | undefined)[] = [];
    for await (const page of paginateListPipelineExecutions({ client: pipelines, pageSize: 1 }, { pipelineName })) ids.push(...(page.pipelineExecutionSummaries ?? []).map((each) => each.pipelineExecutionId));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(pipelineExecutionId);
  });

  it('refuse a reason that AWS’s pattern does not allow', async () => {
    await expect(pipelines.send(new DisableStageTransitionCommand({ pipelineName, stageName: 'Prod', transitionType: 'Inbound', reason: "it's #412" }))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('know the past of the default account', async () => {
    const { pipelineExecutionSummaries } = await pipelines.send(new ListPipelineExecutionsCommand({ pipelineName: 'shop', filter: { succeededInStage: { stageName: 'Prod' } } }));
    expect(pipelineExecutionSummaries?.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded']);
  });
});
