import type { EnvironmentEvent, ExecutionSummary, Time } from './observation.ts';

/** A time in which Jack saw nothing, and what it found afterwards. */
export interface Absence {
  readonly from: Time;
  readonly to: Time;
  readonly executions: readonly (ExecutionSummary & { readonly pipeline: string })[];
  readonly operations: readonly (EnvironmentEvent & { readonly environment: string })[];
}
