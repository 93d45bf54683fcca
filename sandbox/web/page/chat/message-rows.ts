import type { Message } from '../door/shapes.ts';
import { isoDay, tsToMs } from '../text/dates.ts';

/** One line of a conversation: a day's or the "New" divider, or a message. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; /** The author's name and picture stand above an earlier message. */ readonly continued: boolean };

const TOGETHER_MS = 5 * 60_000;

/** Messages (oldest first) with dividers; the last `unread` of them are new. */
export function layOutRows(messages: readonly Message[], options: { readonly unread: number; readonly timeZone: string }): readonly Row[] {
  const rows: Row[] = [];
  const firstNew = options.unread > 0 ? messages[Math.max(0, messages.length - options.unread)] : undefined;
  let before: Message | undefined;
  for (const message of messages) {
    const at = tsToMs(message.ts);
    const newDay = !before || isoDay(tsToMs(before.ts), options.timeZone) !== isoDay(at, options.timeZone);
    if (newDay) rows.push({ kind: 'day', key: `day-${message.ts}`, at });
    if (message === firstNew) rows.push({ kind: 'new', key: 'new' });
    const continued = before !== undefined && !newDay && message !== firstNew && belongsTo(before, message);
    rows.push({ kind: 'message', key: `${message.ts}${message.ephemeral ? 'e' : ''}`, message, continued });
    before = message;
  }
  return rows;
}

function belongsTo(before: Message, message: Message): boolean {
  return (
    before.user === message.user &&
    before.username === message.username &&
    !before.ephemeral &&
    !message.ephemeral &&
    !message.broadcast &&
    (before.reply_count ?? 0) === 0 &&
    tsToMs(message.ts) - tsToMs(before.ts) < TOGETHER_MS
  );
}
