import type { Refusal } from '../domain/refusal.ts';
import type { WantedMessage } from './message.ts';

/** What one person is told, seen by nobody else. */
export interface Reply {
  readonly text: string;
  readonly blocks?: WantedMessage['blocks'];
  /** Takes the place of the message whose button was clicked (a plan that was confirmed). */
  readonly replaceOriginal?: boolean;
  /** It is a no: what the rules said, for the audit. */
  readonly refusal?: Refusal;
}
