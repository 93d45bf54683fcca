import type { Principal } from '../domain/app.ts';
import type { Time } from '../domain/observation.ts';
import { shortCommit, type Revision } from '../domain/revision.ts';

/**
 * Controls that nobody sees: they turn the direction of what follows, or hide in a name to look like another. White
 * space stays, and so do the joiners that letters and emoji need (U+200C, U+200D).
 */
const UNSEEN = /(?!\s)\p{Cc}|[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** The same text without controls that nobody sees. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, '');
}

/** Text from people, commits or AWS: Slack reads `<`, `>` and `&` as markup, and a line break breaks a line. Cut to `max` characters. */
export function plain(text: string, max = 200): string {
  return clip(visible(text).replaceAll(/\s+/g, ' ').trim(), max).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text in a code block: line breaks stay, the fence cannot be closed from inside. Cut at the front: the end of a log is what matters. */
export function quoted(lines: readonly string[], max = 2400): string {
  const escaped = Array.from(visible(lines.join('\n')).replaceAll('```', 'ˋˋˋ'), escapePoint);
  let room = max - 1;
  const from = escaped.findLastIndex((point) => (room -= point.length) < 0) + 1;
  return `\`\`\`${from === 0 ? '' : '…'}${escaped.slice(from).join('')}\`\`\``;
}

function escapePoint(point: string): string {
  return { '&': '&amp;', '<': '&lt;', '>': '&gt;' }[point] ?? point;
}

/** By code points, as Slack counts. */
export function clip(text: string, max: number): string {
  const points = Array.from(text);
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
}

/** Cuts finished mrkdwn, never in the middle of a mention, a date, a link or an escaped character. */
export function clipMarkup(text: string, max: number): string {
  const cut = clip(text, max);
  return cut === text ? text : `${cut.slice(0, -1).replace(/(<[^>]*|&[a-z]*)$/, '')}…`;
}

/** `<@U…>` or `<!subteam^S…>`: notifies. */
export function mention(who: Principal): string {
  return who.startsWith('S') ? `<!subteam^${who}>` : `<@${who}>`;
}

/** Whether this is the id of somebody in Slack: others who did something have a name or an ARN. */
export function isSlackUser(who: string): boolean {
  return /^[UW][A-Z0-9]{5,}$/.test(who);
}

export function mentions(who: readonly Principal[]): string {
  return listed(who.map(mention));
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(words: readonly string[], joint = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1) ?? ''}`;
}

/** Each reader sees it in their own zone. */
export function clock(at: Time): string {
  return `<!date^${Math.floor(at / 1000)}^{time}|${new Date(at).toISOString().slice(11, 16)} UTC>`;
}

export function dateAndClock(at: Time): string {
  const fallback = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${fallback} UTC>`;
}

/** '8 s', '3 min 20 s', '2 h 5 min'. Milliseconds in. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function link(url: string, label: string): string {
  return `<${url.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('<', '%3C')}|${plain(label, 75)}>`;
}

/** '`4c7b474` Fix the basket', '`1.42`', 'unknown revision'. */
export function revisionWords(revision: Revision): string {
  if (revision.id === undefined) {
    return revision.label === undefined ? 'the newest revision' : `unknown revision (label \`${plain(revision.label, 100)}\`)`;
  }
  const name = `\`${plain(shortCommit(revision.id), 40)}\``;
  return revision.summary === undefined ? name : `${name} ${plain(revision.summary.split('\n')[0] ?? '', 80)}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The last word of an ARN: 'olive' of 'arn:aws:iam::123456789012:user/olive'. */
export function nameInArn(arn: string): string {
  return plain(arn.split('/').at(-1) ?? arn, 64);
}
