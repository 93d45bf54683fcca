import type { Log, ReplyAddress, Slack } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import type { Threads } from './threads.ts';

const TIMEOUT_MS = 5_000;

type Reply = Parameters<Slack['reply']>[1];
type Fetch = (url: string, init: { method: string; headers: Record<string, string>; body: string; signal: AbortSignal }) => Promise<{ readonly ok: boolean; readonly status: number }>;

interface Settings {
  readonly calls: SlackCalls;
  readonly threads: Pick<Threads, 'place'>;
  readonly log: Log;
  readonly fetch?: Fetch;
}

/**
 * Answers the one who asked. By the response_url while it lives (30 minutes, 5 uses), else by an ephemeral message;
 * in a direct message, which nobody else sees anyway, by a plain one. Best effort: nobody could find it again.
 */
export function replies({ calls, threads, log, fetch = globalThis.fetch }: Settings): Slack['reply'] {
  return async (to, message) => {
    try {
      if (to.responseUrl !== undefined && (await respond(fetch, to.responseUrl, to, message))) return;
      await answerInPlace(calls, threads, to, message);
    } catch (error) {
      log.warn({ channel: to.channel, user: to.user, error: error instanceof Error ? error.message : String(error) }, 'an answer did not reach its reader');
    }
  };
}

/** False: the address is used up, or did not answer (the answer may then come twice, which is better than not at all). */
async function respond(fetch: Fetch, url: string, to: ReplyAddress, message: Reply): Promise<boolean> {
  const body = JSON.stringify({
    ...content(message),
    response_type: 'ephemeral',
    replace_original: message.replaceOriginal ?? false,
    ...(to.threadTs !== undefined && { thread_ts: to.threadTs }),
  });
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(TIMEOUT_MS) };
  return fetch(url, request).then((answer) => answer.ok, () => false);
}

async function answerInPlace(calls: SlackCalls, threads: Settings['threads'], to: ReplyAddress, message: Reply): Promise<void> {
  const thread = to.threadTs === undefined ? {} : { thread_ts: to.threadTs };
  if (/^[DUW]/.test(to.channel)) {
    const channel = await threads.place(to.channel);
    await calls.once.apiCall('chat.postMessage', { channel, ...content(message), ...thread, unfurl_links: false, unfurl_media: false });
    return;
  }
  await calls.once.apiCall('chat.postEphemeral', { channel: to.channel, user: to.user, ...content(message), ...thread });
}

function content(message: Reply): Record<string, unknown> {
  return { text: message.text, ...(message.blocks && message.blocks.length > 0 && { blocks: message.blocks }) };
}
