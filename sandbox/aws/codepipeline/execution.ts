import type { Commit } from '../account.ts';
import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '../seed.ts';

export type ExecutionStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Stopping' | 'Stopped' | 'Superseded' | 'Cancelled';
export type StageStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Stopping' | 'Stopped' | 'Cancelled';
export type ActionStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';

export interface Trigger {
  readonly type: 'CreatePipeline' | 'StartPipelineExecution' | 'PollForSourceChanges' | 'Webhook' | 'CloudWatchEvent' | 'PutActionRevision' | 'WebhookV2' | 'ManualRollback' | 'AutomatedRollback';
  /** ARN of the caller, the EventBridge rule or the connection. */
  readonly detail: string;
}

/** One output of an action in the pipeline's bucket. */
export interface Artifact {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** The commit that it was made from. */
  readonly commit?: Commit;
  /** Straight from a source action: Beanstalk's label then ends with the commit. */
  readonly isSource: boolean;
}

/** What one source action found. */
export interface SourceRevision {
  readonly actionName: string;
  readonly artifactName: string;
  readonly revisionId: string;
  readonly summary: string;
  readonly url: string;
  readonly at: number;
}

/** One run of an action; a retry makes another. */
export interface ActionRun {
  readonly id: string;
  readonly executionId: string;
  readonly pipelineVersion: number;
  readonly stage: string;
  readonly declaration: ActionDeclaration;
  status: ActionStatus;
  readonly startedAt: number;
  updatedAt: number;
  /** ARN of who answered an approval, or of the pipeline's role; maybe nobody where an approval expired. */
  updatedBy?: string;
  summary?: string;
  externalId?: string;
  externalUrl?: string;
  error?: { readonly code: string; readonly message: string };
  /** Only while an approval is open. */
  token?: string;
  /** Approvals: when the open request expires, epoch ms. */
  expiresAt?: number;
  resolved: Readonly<Record<string, string>>;
  inputs: readonly Artifact[];
  outputs: readonly Artifact[];
  variables: Readonly<Record<string, string>>;
}

/** One stay of an execution in a stage, over all its retries. */
export interface StageRun {
  readonly execution: Execution;
  readonly declaration: StageDeclaration;
  readonly index: number;
  status: StageStatus;
  /** Of the current attempt. */
  actions: ActionRun[];
  /** 1 for the first. */
  attempt: number;
  /** Whether this attempt still has something to do (the lock is held). */
  open: boolean;
}

export interface Execution {
  readonly id: string;
  readonly pipeline: string;
  /** The definition it runs by. */
  readonly declaration: PipelineDeclaration;
  readonly type: 'STANDARD' | 'ROLLBACK';
  /** Of a rollback: the execution whose artifacts it takes. */
  readonly rollbackTarget?: string;
  readonly trigger: Trigger;
  status: ExecutionStatus;
  summary?: string;
  stopReason?: string;
  readonly startedAt: number;
  updatedAt: number;
  /** Until then Get and List do not know it. Epoch ms. */
  readonly visibleAt: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Source action → commit asked for, or pushed. */
  readonly wanted: Readonly<Record<string, string>>;
  readonly revisions: SourceRevision[];
  readonly artifacts: Map<string, Artifact>;
  /** Namespace → output variables. */
  readonly outputs: Map<string, Readonly<Record<string, string>>>;
  readonly runs: StageRun[];
  /** Every action run, oldest first. */
  readonly actions: ActionRun[];
  attempt: number;
}

/** Still to go somewhere. */
export function isRunning(execution: Execution): boolean {
  return execution.status === 'InProgress' || execution.status === 'Stopping';
}

/** The stage run that the execution is in now. */
export function openRun(execution: Execution): StageRun | undefined {
  return execution.runs.find((run) => run.open);
}

/** Who CodePipeline names where it acted by itself. */
export function roleOf(declaration: PipelineDeclaration, executionId: string): string {
  return `${declaration.roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/').replace('service-role/', '')}/${executionId.replaceAll('-', '').slice(0, 13)}`;
}
