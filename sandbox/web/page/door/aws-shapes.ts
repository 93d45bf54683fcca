/** `GET /aws/state`: everything the page shows of the AWS account. */
export interface AwsState {
  readonly pipelines: readonly Pipeline[];
  readonly environments: readonly BeanstalkEnvironment[];
}

export interface Pipeline {
  readonly name: string;
  /** 'SUPERSEDED' | 'QUEUED' | 'PARALLEL' */
  readonly mode: string;
  readonly stages: readonly Stage[];
  readonly executions: readonly Execution[];
}

export interface Stage {
  readonly name: string;
  readonly transition?: { readonly enabled: boolean; readonly reason?: string };
  /** Executions that wait before this stage. */
  readonly inbound?: readonly (string | { readonly id?: string; readonly pipelineExecutionId?: string })[];
  readonly execution?: string | { readonly id?: string; readonly pipelineExecutionId?: string };
  readonly status?: string;
  readonly actions: readonly Action[];
}

export interface Action {
  readonly name: string;
  readonly category?: string;
  readonly provider?: string;
  readonly status?: string;
  readonly summary?: string;
  readonly errorMessage?: string;
  /** An approval that waits has one. */
  readonly token?: string;
}

export interface Execution {
  readonly id: string;
  readonly status: string;
  readonly started?: string | number;
  readonly updated?: string | number;
  readonly trigger?: string | { readonly triggerType?: string; readonly triggerDetail?: string };
  readonly commit?: string;
  readonly message?: string;
  readonly author?: string | { readonly name?: string };
  /** Approvals that wait in this execution: of a PARALLEL pipeline each has its own. */
  readonly approvals?: readonly { readonly stage: string; readonly action: string; readonly token: string | null }[];
}

export interface BeanstalkEnvironment {
  readonly name: string;
  readonly application: string;
  readonly version?: string;
  readonly status: string;
  /** 'Ok' | 'Info' | 'Warning' | 'Degraded' | 'Severe' | … or a colour. */
  readonly health: string;
  readonly causes?: readonly string[];
  readonly instances: readonly { readonly id: string; readonly version?: string; readonly health?: string; readonly status?: string }[];
  readonly events: readonly { readonly at: string | number; readonly severity: string; readonly message: string }[];
  readonly alarms?: readonly { readonly name: string; readonly state: string }[];
}

/** `GET /mishaps` */
export interface Mishaps {
  readonly known: readonly { readonly id: string; readonly kind: string; readonly title: string; readonly places: readonly string[] }[];
  readonly armed: readonly { readonly id: string; readonly place: string; readonly times?: number }[];
}
