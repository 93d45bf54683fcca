import type { JsonObject } from '../../json.ts';

/** CodePipeline's own shape (`GetPipeline`), as far as the sandbox reads it. */
export interface PipelineDeclaration {
  readonly name: string;
  readonly roleArn: string;
  readonly pipelineType: 'V1' | 'V2';
  readonly executionMode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL';
  readonly version: number;
  readonly artifactStore: { readonly type: 'S3'; readonly location: string };
  readonly variables?: readonly { readonly name: string; readonly defaultValue?: string; readonly description?: string }[];
  readonly triggers?: readonly JsonObject[];
  readonly stages: readonly StageDeclaration[];
}

export interface StageDeclaration {
  readonly name: string;
  readonly actions: readonly ActionDeclaration[];
  readonly onFailure?: JsonObject;
  readonly onSuccess?: JsonObject;
  readonly beforeEntry?: JsonObject;
}

export interface ActionDeclaration {
  readonly name: string;
  readonly actionTypeId: {
    readonly category: 'Source' | 'Build' | 'Deploy' | 'Test' | 'Invoke' | 'Approval' | 'Compute';
    readonly owner: 'AWS' | 'ThirdParty' | 'Custom';
    readonly provider: string;
    readonly version: string;
  };
  readonly runOrder: number;
  readonly configuration?: Readonly<Record<string, string>>;
  readonly inputArtifacts?: readonly { readonly name: string }[];
  readonly outputArtifacts?: readonly { readonly name: string }[];
  readonly namespace?: string;
  readonly region?: string;
  readonly roleArn?: string;
  /** Approvals only. */
  readonly timeoutInMinutes?: number;
}

/** An execution that ended before the account started. */
export interface PastExecution {
  readonly id: string;
  readonly status: 'Succeeded' | 'Failed' | 'Stopped' | 'Superseded';
  readonly statusSummary?: string;
  /** The source revision, 40 hex. */
  readonly commit: string;
  readonly trigger: {
    readonly type: 'CreatePipeline' | 'StartPipelineExecution' | 'PollForSourceChanges' | 'Webhook' | 'CloudWatchEvent' | 'PutActionRevision' | 'WebhookV2' | 'ManualRollback' | 'AutomatedRollback';
    /** ARN of the caller, of the rule, … */
    readonly detail: string;
  };
  readonly startedMinutesAgo: number;
  readonly endedMinutesAgo: number;
  /** In the order they ran. Actions that are not here were not reached. */
  readonly actions: readonly PastAction[];
}

export interface PastAction {
  readonly stage: string;
  readonly action: string;
  readonly actionExecutionId: string;
  readonly status: 'Succeeded' | 'Failed' | 'Abandoned';
  readonly startedMinutesAgo: number;
  readonly endedMinutesAgo: number;
  /** A build's id ('shop-build:<uuid>'), the commit of a source action, the request id of a deployment. */
  readonly externalExecutionId?: string;
  readonly summary?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** What the action left in the pipeline's bucket. */
  readonly output?: { readonly name: string; readonly key: string };
  /** Who answered an approval: an ARN. */
  readonly by?: string;
  readonly deployed?: PastDeployment;
}

/** What a past Elastic Beanstalk action put where. Beanstalk's versions, events and instances of the past come from these. */
export interface PastDeployment {
  readonly application: string;
  readonly environment: string;
  /** In a file `{at}` stands for the action's start in epoch ms; `loadSeed` fills it in. */
  readonly label: string;
  readonly bundle: { readonly bucket: string; readonly key: string };
}
