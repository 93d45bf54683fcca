import { createHash } from 'node:crypto';
import type { BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { textIn } from '../../operations/clicks/form-metadata.ts';
import type { ReplyAddress, Said } from '../../ports.ts';
import { elementValue, formValues, type ElementState } from './form-values.ts';

/** A message that speaks to Jack: a mention in a channel or thread, or any message in a direct message. */
export interface SpokenEvent {
  readonly type: string;
  readonly subtype?: string;
  readonly channel_type?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly channel?: string;
  readonly text?: string;
  readonly ts?: string;
  readonly thread_ts?: string;
}

/** A typed command. Its trigger id is new for every one and the same in a redelivery. */
export function saidByCommand(command: SlashCommand, at: number): Said {
  return {
    id: `command:${command.trigger_id}`,
    at,
    user: command.user_id,
    channel: command.channel_id,
    what: { kind: 'command', words: command.text ?? '', command: command.command },
    reply: { user: command.user_id, channel: command.channel_id, ...(command.response_url !== '' && { responseUrl: command.response_url }) },
    triggerId: command.trigger_id,
  };
}

/**
 * A mention or direct message, or undefined when it does not speak to Jack (a bot's, an edit, a join, …). Its channel
 * and `ts` name it for good: the same mention found later in the history is recognised.
 */
export function saidByMessage(event: SpokenEvent, botUserId: string): Said | undefined {
  const { user, channel, ts } = event;
  const spoken = event.type === 'app_mention' || (event.type === 'message' && event.channel_type === 'im');
  const plain = event.subtype === undefined || event.subtype === 'file_share' || event.subtype === 'thread_broadcast';
  if (!spoken || !plain || event.bot_id !== undefined || user === botUserId) return undefined;
  if (user === undefined || channel === undefined || ts === undefined) return undefined;
  const threadTs = event.thread_ts;
  return {
    id: `mention:${channel}:${ts}`,
    at: Math.round(Number(ts) * 1000),
    user,
    channel,
    what: { kind: 'mention', words: withoutMention(event.text ?? '', botUserId), ts, ...(threadTs !== undefined && { threadTs }) },
    reply: { user, channel, ...(threadTs !== undefined && { threadTs }) },
  };
}

/** A click on a button or a choice in a menu, in a message, in the App Home or in a form. */
export function saidByClick(body: BlockAction, at: number): Said {
  const action = body.actions[0];
  const place = body.container;
  const channel = body.channel?.id ?? (typeof place['channel_id'] === 'string' ? place['channel_id'] : body.user.id);
  const messageTs = body.message?.ts ?? (typeof place['message_ts'] === 'string' ? place['message_ts'] : undefined);
  const threadTs = threadOf(body);
  const answerTs = standsInChannel(body) ? undefined : threadTs;
  const where = messageTs ?? body.view?.id ?? channel;
  const reply: ReplyAddress = {
    user: body.user.id,
    channel,
    ...(body.response_url !== undefined && body.response_url !== '' && { responseUrl: body.response_url }),
    ...(answerTs !== undefined && { threadTs: answerTs }),
  };
  return {
    id: `click:${where}:${body.user.id}:${action?.action_id ?? ''}:${action?.action_ts ?? body.trigger_id}`,
    at,
    user: body.user.id,
    channel,
    what: {
      kind: 'button',
      button: action?.action_id ?? '',
      value: (action && elementValue(action as ElementState)) ?? '',
      ...(messageTs !== undefined && { messageTs }),
      ...(threadTs !== undefined && { threadTs }),
      ephemeral: place['is_ephemeral'] === true,
    },
    reply,
    triggerId: body.trigger_id,
  };
}

/**
 * A filled-in form. Slack never redelivers one, but people press *Submit* again when it seems stuck: the same form with
 * the same values is the same thing said. `private_metadata` may be JSON with the `channel` and `threadTs` of the answer.
 */
export function saidByForm(body: ViewSubmitAction, at: number): Said {
  const { view, user } = body;
  const values = formValues(view.state.values);
  const digest = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12);
  const place = answerPlace(view.private_metadata);
  return {
    id: `form:${view.id}:${digest}`,
    at,
    user: user.id,
    channel: place.channel ?? user.id,
    what: { kind: 'form', form: view.callback_id, values, privateMetadata: view.private_metadata },
    reply: { user: user.id, channel: place.channel ?? user.id, ...(place.threadTs !== undefined && { threadTs: place.threadTs }) },
    ...(body.trigger_id !== undefined && { triggerId: body.trigger_id }),
  };
}

/** What stands after the first mention of Jack; before it, when nothing stands after. */
function withoutMention(text: string, botUserId: string): string {
  const mention = new RegExp(`<@${botUserId}(?:\\|[^>]*)?>[:,]?`);
  const found = mention.exec(text);
  if (!found) return text.trim();
  const after = text.slice(found.index + found[0].length).trim();
  return after === '' ? text.slice(0, found.index).trim() : after;
}

function threadOf(body: BlockAction): string | undefined {
  const inContainer: unknown = body.container['thread_ts'];
  if (typeof inContainer === 'string') return inContainer;
  const inMessage: unknown = body.message?.['thread_ts'];
  return typeof inMessage === 'string' ? inMessage : undefined;
}

/**
 * A parent with replies, or a reply that was sent to the channel too. Who clicks there may have no thread open, and
 * Slack shows a private answer in a thread only to somebody who has.
 */
function standsInChannel({ message }: BlockAction): boolean {
  return message !== undefined && (message['thread_ts'] === message.ts || message['subtype'] === 'thread_broadcast');
}

function answerPlace(privateMetadata: string): { readonly channel?: string; readonly threadTs?: string } {
  const channel = textIn(privateMetadata, 'channel');
  const threadTs = textIn(privateMetadata, 'threadTs');
  return { ...(channel !== undefined && { channel }), ...(threadTs !== undefined && { threadTs }) };
}
