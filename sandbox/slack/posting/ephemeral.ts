import type { Slack } from '../slack.ts';
import type { Ephemeral } from '../workspace/message.ts';
import type { Content } from './content.ts';

/** The author of what Slack itself says to a person. */
export const SLACKBOT = 'USLACKBOT';

/** Shows something to one person. In a thread that has no replies Slack shows it nowhere. */
export function whisper(slack: Slack, to: { readonly user: string; readonly channel: string; readonly threadTs?: string }, content: Content, from = slack.workspace.app.botUserId): Ephemeral {
  const { workspace } = slack;
  const ephemeral: Ephemeral = {
    ts: workspace.newTs(),
    channel: to.channel,
    to: to.user,
    user: from,
    text: content.text,
    ...(to.threadTs === undefined ? {} : { threadTs: to.threadTs }),
    ...(content.blocks === undefined ? {} : { blocks: content.blocks }),
    ...(content.posted === undefined ? {} : { posted: content.posted }),
  };
  const thread = to.threadTs;
  if (thread === undefined || workspace.messages.replies(to.channel, thread).length > 0) workspace.messages.addEphemeral(ephemeral);
  tellEphemeral(slack, ephemeral);
  return ephemeral;
}

/** What a response URL with `replace_original` does to an ephemeral message. */
export function rewhisper(slack: Slack, ephemeral: Ephemeral, content: Content): void {
  ephemeral.text = content.text;
  if (content.blocks === undefined) delete ephemeral.blocks;
  else ephemeral.blocks = content.blocks;
  if (content.posted === undefined) delete ephemeral.posted;
  else ephemeral.posted = content.posted;
  tellEphemeral(slack, ephemeral);
}

function tellEphemeral(slack: Slack, ephemeral: Ephemeral): void {
  slack.workspace.tell({
    kind: 'ephemeral',
    channel: ephemeral.channel,
    user: ephemeral.user,
    ts: ephemeral.ts,
    to: ephemeral.to,
    ...(ephemeral.threadTs === undefined ? {} : { thread_ts: ephemeral.threadTs }),
    text: ephemeral.text,
    ...(ephemeral.posted === undefined ? {} : { blocks: ephemeral.posted }),
  });
}
