import type { JsonObject } from '../../json.ts';
import type { Message } from '../workspace/message.ts';
import type { Call, Method } from './method.ts';
import { channelFor } from '../posting/access.ts';
import { messageShape } from '../posting/shapes.ts';
import { SlackRefusal } from '../refusal.ts';
import { compareTs } from '../workspace/ids.ts';
import { pageOf } from './pages.ts';
import { requireScope, scopeFor } from './scopes.ts';

const scopes = ['channels:history', 'groups:history', 'mpim:history', 'im:history'];

/** conversations.history and replies. An internal app's: tier 3, up to 999 a page (rate-limits.md, 2025). */
export const historyMethods: readonly Method[] = [
  { name: 'conversations.history', scopes, tier: 3, mutates: false, token: 'bot', run: history },
  { name: 'conversations.replies', scopes, tier: 3, mutates: false, token: 'bot', run: replies },
];

function history(call: Call): JsonObject {
  const channel = readable(call);
  const newestFirst = call.workspace.messages.topLevel(channel).toReversed().filter((message) => inWindow(call, message));
  return answer(call, newestFirst, { pin_count: call.workspace.messages.inChannel(channel).filter((message) => message.pinned === true).length });
}

function replies(call: Call): JsonObject {
  const channel = readable(call);
  const ts = call.args.required('ts');
  const message = call.workspace.messages.find(channel, ts);
  if (message === undefined) throw new SlackRefusal('thread_not_found');
  const root = call.workspace.messages.find(channel, message.threadTs ?? ts) ?? message;
  const thread = call.workspace.messages.replies(channel, root.ts).filter((reply) => inWindow(call, reply));
  return answer(call, [root, ...thread], {});
}

function answer(call: Call, messages: readonly Message[], extra: JsonObject): JsonObject {
  const metadata = call.args.flag('include_all_metadata') ? 'all' : 'type';
  const page = pageOf(messages.map((message) => messageShape(call.slack, message, metadata)), call.args, 999);
  return { messages: page.items, has_more: page.more, ...extra, ...(page.more ? page.metadata : {}) };
}

function readable({ workspace, args }: Call): string {
  const channel = channelFor(workspace, args.required('channel'));
  requireScope(workspace.scopes, [scopeFor(channel, 'history')]);
  if (!channel.members.has(workspace.app.botUserId)) throw new SlackRefusal('not_in_channel');
  return channel.id;
}

/** `oldest` and `latest` are exclusive unless `inclusive`. */
function inWindow({ args }: Call, message: Message): boolean {
  const oldest = args.text('oldest');
  const latest = args.text('latest');
  const inclusive = args.flag('inclusive');
  const after = oldest === undefined || compareTs(message.ts, oldest) > 0 || (inclusive && message.ts === oldest);
  return after && (latest === undefined || compareTs(message.ts, latest) < 0 || (inclusive && message.ts === latest));
}
