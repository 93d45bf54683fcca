/** `guest`: single-channel; `external`: of another team, over Slack Connect; `deactivated`: an account that was closed. */
export type Role = 'member' | 'guest' | 'external' | 'bot' | 'deactivated';

export type User = {
  readonly id: string;
  /** The handle: what follows '@'. */
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  role: Role;
  /** Six hex digits, as in `users.info`. */
  readonly color: string;
  readonly title: string;
  readonly teamId: string;
};

/** A link at the top of a channel. */
export type Bookmark = { readonly id: string; title: string; link: string; emoji: string };

export type ChannelKind = 'channel' | 'private' | 'im';

export type Channel = {
  readonly id: string;
  name: string;
  readonly kind: ChannelKind;
  readonly members: Set<string>;
  archived: boolean;
  topic: string;
  readonly bookmarks: Bookmark[];
  /** Epoch seconds. */
  readonly created: number;
};

export type Usergroup = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  users: readonly string[];
  disabled: boolean;
};

/** A slash command as the app's manifest declares it. */
export type Command = {
  /** With its slash. */
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
  /** Slack writes mentions as `<@U…|name>` in the text (else as typed). */
  readonly shouldEscape: boolean;
};
