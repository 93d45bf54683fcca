import type { Arguments } from '../api/arguments.ts';
import type { Slack } from '../slack.ts';
import type { ResponseTarget } from '../workspace/response-urls.ts';
import { SlackRefusal } from '../refusal.ts';
import { readContent } from './content.ts';
import { rewhisper, whisper } from './ephemeral.ts';
import { botAuthor, edit, erase, post } from './post.ts';
import { threadRoot } from './access.ts';

/** Does what a response (to a response URL, or in an ack) asks: only its person sees it unless `response_type` is `in_channel`. */
export function respond(slack: Slack, target: ResponseTarget, args: Arguments): void {
  const channel = slack.workspace.channels.get(target.channel);
  if (channel === undefined) throw new SlackRefusal('channel_not_found');
  if (args.flag('delete_original')) return removeOriginal(slack, target);
  const content = readContent(slack.workspace, args);
  if (args.flag('replace_original') && target.original !== undefined) return replaceOriginal(slack, target, content);
  const threadTs = threadRoot(slack.workspace, channel, args.text('thread_ts'));
  const place = { channel, ...(threadTs === undefined ? {} : { threadTs }) };
  if (args.text('response_type') === 'in_channel') post(slack, botAuthor(slack), place, content);
  else whisper(slack, { user: target.user, channel: channel.id, ...(threadTs === undefined ? {} : { threadTs }) }, content);
}

function replaceOriginal(slack: Slack, target: ResponseTarget, content: ReturnType<typeof readContent>): void {
  const { workspace } = slack;
  const channel = workspace.channels.get(target.channel);
  const ts = target.original?.ts ?? '';
  const ephemeral = workspace.messages.findEphemeral(target.channel, ts);
  const message = workspace.messages.find(target.channel, ts);
  if (ephemeral !== undefined) rewhisper(slack, ephemeral, content);
  else if (message !== undefined && channel !== undefined) edit(slack, channel, message, content);
  else throw new SlackRefusal('message_not_found');
}

function removeOriginal(slack: Slack, target: ResponseTarget): void {
  const { workspace } = slack;
  const channel = workspace.channels.get(target.channel);
  const ts = target.original?.ts ?? '';
  const ephemeral = workspace.messages.findEphemeral(target.channel, ts);
  const message = workspace.messages.find(target.channel, ts);
  if (ephemeral !== undefined) {
    workspace.messages.removeEphemeral(ts);
    workspace.tell({ kind: 'delete', channel: ephemeral.channel, user: ephemeral.user, to: ephemeral.to, ts, text: ephemeral.text });
  } else if (message !== undefined && channel !== undefined) erase(slack, channel, message);
  else throw new SlackRefusal('message_not_found');
}
