import type { JsonObject } from '../../json.ts';

/** A message as the workspace keeps it. `user` is an id. */
export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** Set when an app wrote it. */
  readonly botId?: string;
  username?: string;
  text: string;
  /** With the block ids Slack gave to those that had none: what the app is sent back. */
  blocks?: readonly JsonObject[];
  /** As the app sent them: what people's snapshots and the transcript show. */
  posted?: readonly JsonObject[];
  attachments?: readonly JsonObject[];
  readonly threadTs?: string;
  /** A reply that also shows in the channel. */
  readonly broadcast?: boolean;
  readonly subtype?: string;
  edited?: { readonly user: string; readonly ts: string };
  metadata?: JsonObject;
  files?: readonly string[];
  /** Emoji name to user ids. */
  readonly reactions: Map<string, string[]>;
  pinned?: boolean;
};

/** What only one person sees. Slack does not keep it: gone when that person reloads. */
export type Ephemeral = {
  readonly ts: string;
  readonly channel: string;
  /** Whose eyes. */
  readonly to: string;
  /** The app's bot user, or 'USLACKBOT' for what Slack itself says. */
  readonly user: string;
  text: string;
  blocks?: readonly JsonObject[];
  posted?: readonly JsonObject[];
  readonly threadTs?: string;
};
