import { tellDoor } from '../door/door.ts';

/** Any AWS operation as Olive, who is at the AWS console. Returns AWS's answer. */
export async function callAsOlive<T = Record<string, unknown>>(service: string, operation: string, input: unknown): Promise<T> {
  const answer = await tellDoor<{ output?: T } & T>('/aws/console', { as: 'olive', service, operation, input });
  return answer.output ?? answer;
}

/** A manual approval that waits. */
export interface Waiting {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
  readonly token: string;
}

export async function decideApproval({ pipeline, stage, action, token }: Waiting, status: 'Approved' | 'Rejected'): Promise<void> {
  await callAsOlive('codepipeline', 'PutApprovalResult', {
    pipelineName: pipeline,
    stageName: stage,
    actionName: action,
    token,
    result: { status, summary: `${status} in the console` },
  });
}

export async function stopExecution(pipeline: string, execution: string): Promise<void> {
  await callAsOlive('codepipeline', 'StopPipelineExecution', { pipelineName: pipeline, pipelineExecutionId: execution, abandon: true, reason: 'Stopped in the console' });
}

export async function startPipeline(pipeline: string): Promise<void> {
  await callAsOlive('codepipeline', 'StartPipelineExecution', { name: pipeline });
}

export async function setTransition(pipeline: string, stage: string, enabled: boolean): Promise<void> {
  const input = { pipelineName: pipeline, stageName: stage, transitionType: 'Inbound' };
  await (enabled
    ? callAsOlive('codepipeline', 'EnableStageTransition', input)
    : callAsOlive('codepipeline', 'DisableStageTransition', { ...input, reason: 'Held in the console' }));
}

export async function deployVersion(environment: string, version: string): Promise<void> {
  await callAsOlive('elasticbeanstalk', 'UpdateEnvironment', { EnvironmentName: environment, VersionLabel: version });
}

export async function abortUpdate(environment: string): Promise<void> {
  await callAsOlive('elasticbeanstalk', 'AbortEnvironmentUpdate', { EnvironmentName: environment });
}

/** An application's versions, newest first. */
export async function listVersions(application: string): Promise<readonly { readonly label: string; readonly description: string }[]> {
  const answer = await callAsOlive<{ ApplicationVersions?: readonly { readonly VersionLabel?: string; readonly Description?: string }[] }>('elasticbeanstalk', 'DescribeApplicationVersions', { ApplicationName: application });
  return (answer.ApplicationVersions ?? []).map((version) => ({ label: version.VersionLabel ?? '', description: version.Description ?? '' }));
}

interface Declared {
  readonly pipeline?: { readonly stages?: readonly { readonly actions?: readonly { readonly actionTypeId?: { readonly category?: string }; readonly configuration?: Readonly<Record<string, string>> }[] }[] };
}

/** A pipeline's repository and branch, from its definition. */
export async function findSource(pipeline: string): Promise<{ readonly repository: string; readonly branch: string }> {
  const { pipeline: declared } = await callAsOlive<Declared>('codepipeline', 'GetPipeline', { name: pipeline });
  const source = declared?.stages?.flatMap((stage) => stage.actions ?? []).find((action) => action.actionTypeId?.category === 'Source');
  const { RepositoryName, FullRepositoryId, BranchName } = source?.configuration ?? {};
  return { repository: RepositoryName ?? FullRepositoryId ?? pipeline, branch: BranchName ?? 'main' };
}
