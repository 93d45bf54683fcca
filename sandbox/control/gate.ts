import type { Json } from '../json.ts';

/** One call that came over the wire, whichever side (AWS or Slack's Web API). */
export interface WireCall {
  /** 'codepipeline', 'elasticbeanstalk', 's3', …, or 'slack'. */
  readonly service: string;
  /** 'StartPipelineExecution', 'chat.postMessage', … */
  readonly operation: string;
  readonly input: Json;
  /** The caller's ARN, or the token's owner. */
  readonly caller: string;
  /** Whether it changes something: reads are not swept by the kill tests. */
  readonly mutates: boolean;
}

/** What goes wrong with a call on demand. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** An error in the service's own form: AWS's code and message, or Slack's `error`. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** The connection is cut with no answer. */
  | { readonly kind: 'drop' };

/**
 * Every call over the wire passes here, before its effect and again after it and before its answer. Here it may be
 * held (until released), slowed, or made to fail; and here it is written down.
 */
export interface CallGate {
  /** Resolves when the call may have its effect, or with the fault that replaces it (the effect then must not happen). */
  before(call: WireCall): Promise<{ readonly ticket: number; readonly fault?: Fault }>;
  /** Resolves when the answer may be sent, or with the fault that replaces the answer (the effect has happened). */
  after(ticket: number, outcome: { readonly status: number; readonly error?: string }): Promise<Fault | undefined>;
}
