import { Fault } from '../domain/faults.ts';
import type { World } from '../ports.ts';
import type { LoopSettings } from './loop.ts';

/** About half a minute of trying: longer than a hiccup, shorter than anybody waits for an answer. */
const PATIENCE_FAULTS = 5;

/**
 * Somebody waits for the answer to what they said. What no repeat can mend, or has not mended for a while, is told to
 * them and given up; everything else is tried again.
 */
export function tellSaidFaults({ store, slack }: Pick<World, 'store' | 'slack'>): NonNullable<LoopSettings['onFault']> {
  return async (claim, fault, id) => {
    if (!claim.key.startsWith('said:')) return false;
    const hopeless = !(fault instanceof Fault) || !fault.retryable;
    if (!hopeless && claim.faults + 1 < PATIENCE_FAULTS) return false;
    const said = await store.said(claim.key.slice('said:'.length));
    if (!said) return true;
    const cause = fault instanceof Fault ? ` ${escaped(fault.message)}` : '';
    await slack.reply(said.reply, { text: `:warning: Something broke on my side (\`${id}\`).${cause}\nI gave up on what you asked; \`/jack status\` says what is recorded.` });
    await store.finishSaid(said.id, `gave up: ${id}`);
    return true;
  };
}

/** AWS's and Slack's words may hold what mrkdwn would take for a mention. */
function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').slice(0, 600);
}
