import type { JsonObject } from '../../json.ts';

export type ParcelKind = 'slash_commands' | 'interactive' | 'events_api';

/** One thing Slack has to tell the app. */
export type Parcel = {
  readonly kind: ParcelKind;
  readonly payload: JsonObject;
  /** The ack may carry an answer (commands, submissions, option loads). */
  readonly acceptsAnswer: boolean;
  readonly retry?: { readonly attempt: number; readonly reason: string };
};

/** What came back. `error` is the word people are shown: 'operation_timeout' after three seconds, 'dispatch_failed' when nothing listens. */
export type Ack = { readonly acked: true; readonly answer: JsonObject } | { readonly acked: false; readonly error: string; readonly noRetry?: boolean };

/** A way to the app. */
export interface Carrier {
  carry(parcel: Parcel): Promise<Ack>;
}
