import type { Principal } from './app.ts';
import type { Time } from './observation.ts';

/** An AWS call that changes something. Data, so that it can be written down before it is made. */
export type Effect =
  | { readonly kind: 'start-execution'; readonly pipeline: string; readonly override?: { readonly sourceAction: string; readonly commit: string } }
  | {
      readonly kind: 'answer-approval';
      readonly approvalId: string;
      readonly pipeline: string;
      readonly stage: string;
      readonly action: string;
      readonly token: string;
      readonly approved: boolean;
      /** Cut to CodePipeline's 512. */
      readonly summary: string;
    }
  | { readonly kind: 'stop-execution'; readonly pipeline: string; readonly executionId: string; readonly abandon: boolean; readonly reason: string }
  | { readonly kind: 'update-environment'; readonly beanstalkEnvironment: string; readonly label: string }
  | { readonly kind: 'abort-update'; readonly beanstalkEnvironment: string }
  | { readonly kind: 'hold-transition'; readonly pipeline: string; readonly stage: string; readonly reason: string }
  | { readonly kind: 'free-transition'; readonly pipeline: string; readonly stage: string; readonly reason: string };

export interface Intent {
  readonly effect: Effect;
  /** Before the first call: the effect is looked for from here on. */
  readonly t0: Time;
  /** Slack user on whose behalf, for the role session's name. */
  readonly by?: Principal;
}
