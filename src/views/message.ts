import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';

/** One message that should stand in a channel or thread. The same `key` under the same owner is edited, never posted twice. */
export interface WantedMessage {
  /** 'headline' for the parent; replies have keys of their own. */
  readonly key: string;
  /** Channel id, or a user id for a direct message. */
  readonly channel: string;
  /** 'owner' replies in the thread of the owner's 'headline'; 'root' stands alone. */
  readonly place: 'root' | 'reply';
  /** Also show the reply in the channel: only at the first post. */
  readonly broadcast?: boolean;
  /** It is too late to say this anew; what was posted is edited. */
  readonly onlyEdit?: boolean;
  /** What notifications and screen readers say; makes sense without the blocks. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** What is known of a message that was posted, or of an attempt to. */
export interface PostedMessage {
  readonly owner: string;
  readonly key: string;
  readonly channel: string;
  /** Absent while `posting`: the call was about to be made, and its outcome is not known. */
  readonly ts?: string;
  readonly threadTs?: string;
  readonly digest: string;
  readonly state: 'posting' | 'posted' | 'gone';
  /** Epoch ms at which posting was marked. */
  readonly markedAt: number;
}

/** Tells whether a message has to be edited. */
export function digest(message: Pick<WantedMessage, 'text' | 'blocks'>): string {
  return createHash('sha256').update(JSON.stringify([message.text, message.blocks])).digest('hex').slice(0, 16);
}
