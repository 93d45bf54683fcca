import type { ActionExecutionDetail, PipelineDeclaration, StageState } from '@aws-sdk/client-codepipeline';

/** Answers in the shapes that AWS gives: a SUPERSEDED pipeline whose approval and deploy to production share a stage. */
export const SHA = 'b7c0c5a1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f607';
export const EXECUTION = '3f6e8a52-0000-4000-8000-000000000002';
export const NEWER = '3f6e8a52-0000-4000-8000-000000000003';
export const TOKEN = '7b6e8a52-0000-4000-8000-0000000000aa';

export const declaration: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::123456789012:role/pipeline',
  version: 4,
  pipelineType: 'V2',
  executionMode: 'SUPERSEDED',
  stages: [
    {
      name: 'Source',
      actions: [{
        name: 'Checkout', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' }, runOrder: 1,
        configuration: { RepositoryName: 'shop', BranchName: 'main', PollForSourceChanges: 'false' }, outputArtifacts: [{ name: 'SourceOutput' }],
      }],
    },
    {
      name: 'Build',
      actions: [{
        name: 'Build', actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' }, runOrder: 1,
        configuration: { ProjectName: 'shop-build' }, inputArtifacts: [{ name: 'SourceOutput' }], outputArtifacts: [{ name: 'BuildOutput' }],
      }],
    },
    {
      name: 'Prod',
      actions: [
        { name: 'ApproveProd', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' }, runOrder: 1, timeoutInMinutes: 60 },
        {
          name: 'DeployProd', actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ElasticBeanstalk', version: '1' }, runOrder: 2,
          configuration: { ApplicationName: 'shop', EnvironmentName: 'shop-prod' }, inputArtifacts: [{ name: 'BuildOutput' }],
        },
      ],
    },
  ],
};

type Overrides = Partial<ActionExecutionDetail> & { readonly category: 'Source' | 'Build' | 'Approval' | 'Deploy'; readonly provider: string };

export function attempt({ category, provider, ...told }: Overrides): ActionExecutionDetail {
  return {
    pipelineExecutionId: EXECUTION,
    actionExecutionId: `${told.stageName}-${told.actionName}`,
    startTime: new Date('2026-11-22T10:00:00Z'),
    lastUpdateTime: new Date('2026-11-22T10:01:00Z'),
    status: 'Succeeded',
    ...told,
    input: { ...told.input, actionTypeId: { category, owner: 'AWS', provider, version: '1' } },
  };
}

export const source = attempt({
  category: 'Source', provider: 'CodeCommit', stageName: 'Source', actionName: 'Checkout',
  output: { outputArtifacts: [{ name: 'SourceOutput' }], outputVariables: { CommitId: SHA, CommitMessage: 'Lower the price\n\nbody', BranchName: 'main' } },
});
export const build = attempt({
  category: 'Build', provider: 'CodeBuild', stageName: 'Build', actionName: 'Build', startTime: new Date('2026-11-22T10:02:00Z'),
  output: { executionResult: { externalExecutionId: 'shop-build:8745a7a9-0000-4000-8000-000000000000', externalExecutionUrl: 'https://console.aws.amazon.com/codebuild/home?region=us-east-1#/builds/x/view/new' } },
});
export const approval = attempt({
  category: 'Approval', provider: 'Manual', stageName: 'Prod', actionName: 'ApproveProd', status: 'InProgress', startTime: new Date('2026-11-22T10:05:00Z'),
});

/** The execution waits inside Prod at its approval; a newer one stands in front of the stage. */
export const waiting: StageState[] = [
  { stageName: 'Source', latestExecution: { pipelineExecutionId: NEWER, status: 'Succeeded' }, actionStates: [] },
  { stageName: 'Build', latestExecution: { pipelineExecutionId: NEWER, status: 'Succeeded' }, actionStates: [] },
  {
    stageName: 'Prod',
    inboundExecution: { pipelineExecutionId: NEWER, status: 'InProgress' },
    inboundExecutions: [{ pipelineExecutionId: NEWER, status: 'InProgress' }],
    inboundTransitionState: { enabled: true },
    latestExecution: { pipelineExecutionId: EXECUTION, status: 'InProgress' },
    actionStates: [
      { actionName: 'ApproveProd', latestExecution: { actionExecutionId: 'Prod-ApproveProd', status: 'InProgress', token: TOKEN } },
      { actionName: 'DeployProd' },
    ],
  },
];
