import type { ActionKind } from './app.ts';
import type { Revision } from './revision.ts';

/** Epoch milliseconds. */
export type Time = number;

/** What CodePipeline said of one execution. `stages` stand in the definition's order and include those not reached. */
export interface ObservedExecution {
  readonly id: string;
  readonly pipeline: string;
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Stopping' | 'Stopped' | 'Superseded' | 'Cancelled';
  readonly statusSummary?: string;
  readonly startedAt?: Time;
  readonly updatedAt?: Time;
  readonly trigger?: Trigger;
  /** What the person who stopped it gave as a reason. */
  readonly stopReason?: string;
  /** Who stopped it, where CloudTrail tells: an ARN or a user's name. */
  readonly stoppedBy?: string;
  readonly revisions: readonly Revision[];
  readonly stages: readonly ObservedStage[];
  /** Set while the execution waits in front of a stage. */
  readonly before?: {
    readonly stage: string;
    /** Set when the inbound transition is disabled. */
    readonly disabled?: { readonly reason: string; readonly by?: string; readonly at?: Time };
  };
  /** Newer executions that wait behind this one, newest first. */
  readonly behind: readonly string[];
  /** Set when superseded: the execution that took its place, where it could be told. */
  readonly supersededBy?: string;
}

export interface Trigger {
  /** StartPipelineExecution, CloudWatchEvent, WebhookV2, ManualRollback, … */
  readonly type: string;
  /** Often the ARN of the caller. */
  readonly detail?: string;
}

export interface ObservedStage {
  readonly name: string;
  /** Absent: not reached. */
  readonly status?: 'InProgress' | 'Succeeded' | 'Failed' | 'Stopping' | 'Stopped' | 'Cancelled' | 'Skipped';
  readonly actions: readonly ObservedAction[];
}

export interface ObservedAction {
  readonly name: string;
  readonly kind: ActionKind;
  readonly provider: string;
  /** Beanstalk's name. */
  readonly beanstalkEnvironment?: string;
  /** Absent: not reached. */
  readonly status?: 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';
  readonly startedAt?: Time;
  readonly updatedAt?: Time;
  /** ARN of who answered an approval, or of the service. */
  readonly updatedBy?: string;
  readonly summary?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** CodeBuild: 'project:uuid'. */
  readonly externalId?: string;
  readonly externalUrl?: string;
  /** Open approvals only. */
  readonly token?: string;
  /** Open approvals only. */
  readonly expiresAt?: Time;
  /** Beanstalk deploys: the label that CodePipeline made for this action, once it is known. */
  readonly label?: string;
}

/** What Beanstalk said of one environment. */
export interface ObservedEnvironment {
  readonly beanstalkEnvironment: string;
  readonly id: string;
  readonly status: 'Launching' | 'Updating' | 'Ready' | 'Terminating' | 'Terminated' | 'Aborting' | 'LinkingFrom' | 'LinkingTo';
  /** The environment's label; instances may differ. */
  readonly label?: string;
  readonly abortable: boolean;
  readonly updatedAt?: Time;
  readonly health: Health;
  /** Absent with basic health: Beanstalk then does not tell. */
  readonly instances?: readonly ObservedInstance[];
}

export interface Health {
  /** Enhanced where it is on, else from the colour. */
  readonly verdict: 'ok' | 'bad' | 'unknown';
  /** Beanstalk's word: Ok, Info, Warning, Degraded, Severe, NoData, …; Green, Yellow, Red, Grey. */
  readonly word: string;
  readonly causes: readonly string[];
}

export interface ObservedInstance {
  readonly id: string;
  readonly label?: string;
  readonly deployment?: 'In Progress' | 'Deployed' | 'Failed';
  readonly health: string;
  readonly causes: readonly string[];
}

/** One Beanstalk operation, told by the events that carry its request id. Oldest event first. */
export interface ObservedOperation {
  readonly requestId: string;
  readonly kind: 'application' | 'other';
  readonly label?: string;
  readonly startedAt: Time;
  readonly endedAt?: Time;
  readonly outcome: 'running' | 'succeeded' | 'failed';
  /** Beanstalk put the old version back by itself. */
  readonly revertedByBeanstalk: boolean;
  /** Somebody aborted it. */
  readonly aborted: boolean;
  readonly events: readonly EnvironmentEvent[];
}

export interface EnvironmentEvent {
  readonly at: Time;
  readonly severity: string;
  readonly message: string;
}

/** The way into a stage that somebody closed: executions wait in front of it. */
export interface DisabledTransition {
  readonly stage: string;
  readonly reason: string;
  /** An ARN or a user's name. */
  readonly by?: string;
  readonly at?: Time;
  /** Its reason reads like Jack's, and Jack has closed it for nothing that it knows. */
  readonly forged?: true;
}

/** One line of a pipeline's list of executions. */
export interface ExecutionSummary {
  readonly id: string;
  readonly status: ObservedExecution['status'];
  readonly startedAt: Time;
  readonly updatedAt: Time;
  readonly trigger?: Trigger;
  readonly revisions: readonly Revision[];
  /** 'ROLLBACK' runs name their target. */
  readonly rollbackOf?: string;
}

/** One of Beanstalk's application versions. */
export interface ApplicationVersion {
  readonly label: string;
  readonly createdAt: Time;
  readonly usable: boolean;
  readonly description?: string;
  readonly bundle?: { readonly bucket: string; readonly key: string };
  /** The commit, where the label or the source build information tells it. */
  readonly commit?: string;
}
