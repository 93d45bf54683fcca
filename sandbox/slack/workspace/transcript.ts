import type { JsonObject } from '../../json.ts';

export type TranscriptKind = 'post' | 'edit' | 'ephemeral' | 'delete' | 'dm' | 'view';

/** Something people could see happen, with what it looked like at that moment. */
export type TranscriptEntry = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: TranscriptKind;
  /** For a view: the empty text. */
  readonly channel: string;
  /** Who wrote it; for a view, who sees it. */
  readonly user: string;
  readonly ts: string;
  readonly thread_ts?: string;
  /** Who alone sees it. */
  readonly to?: string;
  readonly text: string;
  readonly blocks?: readonly JsonObject[];
  readonly broadcast?: boolean;
};
