const DAY = 86_400_000;

interface Reader {
  /** Epoch ms. */
  readonly now: number;
  readonly timeZone: string;
  readonly locale?: string;
}

/** Slack's `<!date^…^format>` for one reader: `{date_short_pretty} at {time}` → 'today at 2:02 PM'. */
export function formatSlackDate(unix: number, format: string, reader: Reader): string {
  const at = unix * 1000;
  return format.replaceAll(/\{(\w+)\}/g, (whole, token: string) => formatToken(at, token, reader) ?? whole);
}

function formatToken(at: number, token: string, reader: Reader): string | undefined {
  const pretty = token.endsWith('_pretty') ? sayDay(at, reader) : undefined;
  if (pretty !== undefined) return pretty;
  switch (token.replace(/_pretty$/, '')) {
    case 'date_num':
      return isoDay(at, reader.timeZone);
    case 'date':
    case 'date_long':
      return write(at, reader, { dateStyle: 'long', ...(token.startsWith('date_long') ? { dateStyle: 'full' } : {}) });
    case 'date_short':
      return write(at, reader, { day: 'numeric', month: 'short', year: 'numeric' });
    case 'time':
      return write(at, reader, { timeStyle: 'short' });
    case 'time_secs':
      return write(at, reader, { timeStyle: 'medium' });
    case 'ago':
      return sayAge(reader.now - at);
    default:
      return undefined;
  }
}

function write(at: number, reader: Reader, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(reader.locale ?? 'en-US', { ...options, timeZone: reader.timeZone }).format(at).replaceAll(/\s/g, ' ');
}

/** '2026-11-22' where the reader is. */
export function isoDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

function sayDay(at: number, { now, timeZone }: Reader): string | undefined {
  const day = isoDay(at, timeZone);
  if (day === isoDay(now, timeZone)) return 'today';
  if (day === isoDay(now - DAY, timeZone)) return 'yesterday';
  return day === isoDay(now + DAY, timeZone) ? 'tomorrow' : undefined;
}

/** 'just now', '3 minutes ago', 'in 2 hours'. */
export function sayAge(ms: number): string {
  const amount = Math.abs(ms);
  if (amount < 45_000) return 'just now';
  const [count, unit] = amount < 3_600_000 * 0.9 ? [amount / 60_000, 'minute'] : amount < DAY * 0.9 ? [amount / 3_600_000, 'hour'] : [amount / DAY, 'day'];
  const rounded = Math.max(1, Math.round(count));
  const words = `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
  return ms < 0 ? `in ${words}` : `${words} ago`;
}

/** A message's time of day, '2:02 PM'. */
export function sayTime(at: number, { timeZone, locale }: Pick<Reader, 'timeZone' | 'locale'>): string {
  return write(at, { now: at, timeZone, ...(locale === undefined ? {} : { locale }) }, { timeStyle: 'short' });
}

/** A divider's day: 'Today', 'Yesterday', 'Friday, November 20'. */
export function sayDivider(at: number, reader: Reader): string {
  const near = sayDay(at, reader);
  if (near !== undefined) return near.charAt(0).toUpperCase() + near.slice(1);
  return write(at, reader, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** Slack's ts ('1700000000.000100') as epoch ms. */
export function tsToMs(ts: string): number {
  return Number(ts) * 1000;
}
