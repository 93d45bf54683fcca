import type { Principal } from '../domain/app.ts';
import type { Time } from '../domain/observation.ts';
import type { WantedMessage } from '../views/message.ts';

export interface Slack {
  /** Posts once, with no retry; throws a fault with `unknownOutcome` when nobody knows. */
  post(message: WantedMessage, identity: MessageIdentity, threadTs?: string): Promise<{ readonly channel: string; readonly ts: string }>;
  /** False: the message is gone. */
  edit(message: WantedMessage, at: { readonly channel: string; readonly ts: string }): Promise<boolean>;
  /** Looks in the history for a message that carries this identity. */
  find(identity: MessageIdentity, where: { readonly channel: string; readonly threadTs?: string; readonly since: Time }): Promise<{ readonly channel: string; readonly ts: string } | undefined>;
  /** Answers the one who asked, seen by nobody else. Best effort: a failure is logged, not thrown. */
  reply(to: ReplyAddress, message: { readonly text: string; readonly blocks?: WantedMessage['blocks']; readonly replaceOriginal?: boolean }): Promise<void>;
  permalink(at: { readonly channel: string; readonly ts: string }): Promise<string | undefined>;
  publishHome(user: string, view: { readonly blocks: WantedMessage['blocks'] }): Promise<void>;
  openForm(triggerId: string, view: FormView): Promise<{ readonly viewId: string; readonly hash: string } | undefined>;
  updateForm(viewId: string, view: FormView, hash?: string): Promise<void>;
  people: People;
}

/** A modal, in Slack's own shape: made in views/, sent as it is. */
export interface FormView {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: { readonly type: 'plain_text'; readonly text: string };
  readonly submit?: { readonly type: 'plain_text'; readonly text: string };
  readonly close?: { readonly type: 'plain_text'; readonly text: string };
  readonly private_metadata?: string;
  readonly notify_on_close?: boolean;
  readonly blocks: WantedMessage['blocks'];
}

/** Put into the message's metadata, so that it can be found again. No secrets: anyone in the workspace can read it. */
export interface MessageIdentity {
  /** Release id, or what else owns the message. */
  readonly owner: string;
  readonly key: string;
}

export interface ReplyAddress {
  readonly user: string;
  readonly channel: string;
  /** Slack's response_url: 30 minutes, 5 uses. */
  readonly responseUrl?: string;
  readonly threadTs?: string;
}

export interface People {
  /**
   * Whether the user is among the principals, groups looked up. `fresh`: look again now (a decision hangs on it).
   * A failed look-up throws a fault: the caller denies.
   */
  isAmong(user: string, principals: readonly Principal[], fresh?: boolean): Promise<boolean>;
  /** Guests, bots, deactivated and external users are never approvers. `fresh`: look again now (a decision hangs on it). */
  standing(user: string, fresh?: boolean): Promise<'member' | 'guest' | 'bot' | 'deactivated' | 'external'>;
  displayName(user: string): Promise<string>;
  /** IANA name of the user's time zone; undefined where Slack does not tell. */
  zone(user: string): Promise<string | undefined>;
  /** Slack user with this e-mail, if any. */
  byEmail(email: string): Promise<string | undefined>;
  /** The users that these principals stand for, each once: groups are looked up. A failed look-up throws a fault. */
  membersOf(principals: readonly Principal[]): Promise<readonly string[]>;
  /** Who is in the channel. A failed look-up throws a fault. */
  inChannel(channel: string): Promise<ReadonlySet<string>>;
}

/** Something a person did in Slack, as it was delivered. */
export interface Said {
  /** Recognises a redelivery: trigger id, or channel + ts of a mention, or message + user + action + action_ts. */
  readonly id: string;
  readonly at: Time;
  readonly user: string;
  readonly channel: string;
  readonly what:
    | { readonly kind: 'command'; readonly words: string; readonly command: string }
    | { readonly kind: 'mention'; readonly words: string; readonly ts: string; readonly threadTs?: string }
    | { readonly kind: 'button'; readonly button: string; readonly value: string; readonly messageTs?: string; readonly threadTs?: string; readonly ephemeral: boolean }
    | { readonly kind: 'form'; readonly form: string; readonly values: Readonly<Record<string, string>>; readonly privateMetadata: string };
  readonly reply: ReplyAddress;
  /** For forms: three seconds, one use. Never stored. */
  readonly triggerId?: string;
}
