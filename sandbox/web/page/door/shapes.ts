import type { Block, TextObject } from './block-shapes.ts';

/** What the control door answers about the workspace, as far as the page reads it (sandbox/README.md has the whole). */
export interface Workspace {
  readonly team: { readonly id: string; readonly name: string };
  readonly users: readonly Person[];
  readonly channels: readonly { readonly id: string; readonly name: string; readonly members?: readonly string[] }[];
  readonly usergroups: readonly { readonly id: string; readonly handle: string; readonly name?: string; readonly users?: readonly string[] }[];
  readonly commands: readonly { readonly command: string; readonly description: string; readonly usageHint?: string }[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly role: 'member' | 'guest' | 'external' | 'bot' | 'deactivated';
  readonly color?: string;
  readonly title?: string;
}

export interface Conversation {
  readonly id: string;
  /** A channel's name without '#'; for a direct message, whose. */
  readonly name: string;
  readonly kind: 'channel' | 'im';
  readonly unread: number;
  readonly mentions: number;
  readonly lastTs?: string;
}

export interface Message {
  readonly ts: string;
  readonly user?: string;
  readonly username?: string;
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly thread_ts?: string;
  readonly edited?: unknown;
  readonly ephemeral?: boolean;
  readonly reply_count?: number;
  readonly latest_reply?: string;
  readonly reply_users?: readonly string[];
  readonly files?: readonly SharedFile[];
  readonly pinned?: boolean;
  readonly broadcast?: boolean;
  readonly reactions?: readonly { readonly name: string; readonly count?: number; readonly users?: readonly string[] }[];
}

export interface SharedFile {
  readonly id: string;
  readonly name?: string;
  readonly title?: string;
  readonly mimetype?: string;
  readonly url_private?: string;
  readonly alt_txt?: string;
}

/** block_id → action_id → what Slack's `view.state.values` holds there. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly title?: TextObject;
  readonly submit?: TextObject | null;
  readonly close?: TextObject | null;
  readonly blocks: readonly Block[];
  readonly hash?: string;
  /** block_id → sentence: what the last submission was refused for. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly state?: { readonly values?: StateValues };
}
