import type { KnownBlock } from '@slack/types';
import type { AuditMark } from '../../domain/digest/cut.ts';
import type { BrokenGlass, Digest, StolenLock } from '../../domain/digest/digest.ts';
import type { Release } from '../../domain/release.ts';
import { context, inSections } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import type { Reply } from '../reply.ts';
import { statusMark, statusWords } from '../status.ts';
import { counted, dateAndClock, duration, isSlackUser, listed, mention, plain } from '../words.ts';

/** Lines of one kind; the rest is in the audit. */
const MOST_LINES = 10;
const MOST_NUMBERS = 10;
/** Slack takes 50. One app has at most half of that. */
const MOST_BLOCKS = 48;

/** The week's digest in the app's channel. `week` is the local date on which it was due. */
export function digestMessage(week: string, digest: Digest): WantedMessage {
  return { key: `week:${week}`, channel: digest.channel, place: 'root', text: summary(digest), blocks: blocksOf(digest) };
}

/** The same of the last seven days, for whoever asks. */
export function digestReply(digests: readonly Digest[]): Reply {
  if (digests.length === 0) return { text: 'I follow no app yet, so there is nothing to tell; `/jack status` says why.' };
  const shown: Digest[] = [];
  const blocks: KnownBlock[] = [];
  for (const digest of digests) {
    const own = blocksOf(digest);
    if (blocks.length + own.length > MOST_BLOCKS) break;
    shown.push(digest);
    blocks.push(...own);
  }
  const more = digests.length - shown.length;
  const left = more > 0 ? [context(`${counted(more, 'more app')}: type it in the channel of the app that you mean.`)] : [];
  return { text: shown.map(summary).join('\n'), blocks: [...blocks, ...left] };
}

function summary({ app, span, ended, glasses, steals }: Digest): string {
  const loud = [
    glasses.length > 0 ? `the glass was broken ${timesWords(glasses.length)}` : '',
    steals.length > 0 ? `${counted(steals.length, 'lock')} stolen` : '',
  ].filter(Boolean);
  return `Digest of *${plain(app, 60)}*, ${dateAndClock(span.from.at)} to ${dateAndClock(span.to.at)}: ${listed([`${counted(ended.length, 'release')} ended`, ...loud])}.`;
}

function blocksOf(digest: Digest): readonly KnownBlock[] {
  const { app, span, glasses, steals, longLocks } = digest;
  const title = `:newspaper: *Digest of ${plain(app, 60)}*  ${dateAndClock(span.from.at)} to ${dateAndClock(span.to.at)}`;
  const locks = longLocks.map(({ environment, lock }) => `• *${plain(environment, 60)}*: ${mention(lock.by)}, for ${duration(wholeHours(span.to.at - lock.since))}, until ${dateAndClock(lock.until)}: “${plain(lock.reason, 100)}”`);
  return [
    ...inSections([title, ...releaseLines(digest)]),
    ...list(':rotating_light: *Broken glass*', glasses.map(glassWords)),
    ...list(':lock: *Stolen locks*', steals.map(stealWords)),
    ...list(':hourglass: *Locked for more than a day*', locks),
    context(`${quietWords(digest)}${auditWords(digest)}`),
  ];
}

function list(title: string, lines: readonly string[]): readonly KnownBlock[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LINES ? [`• and ${lines.length - MOST_LINES} more; \`jack audit export\` has them all`] : [];
  return inSections([title, ...lines.slice(0, MOST_LINES), ...more]);
}

/** One line for each outcome: how many, and which. */
function releaseLines({ ended, open }: Digest): readonly string[] {
  const outcomes = new Map<string, Release[]>();
  for (const release of ended) {
    const name = `${statusMark(release)} ${release.purpose === 'rollback' ? 'rollback: ' : ''}${statusWords(release)}`;
    outcomes.set(name, [...(outcomes.get(name) ?? []), release]);
  }
  const lines = [...outcomes].sort(([, a], [, b]) => b.length - a.length).map(([name, releases]) => `${name}: *${releases.length}* (${whichWords(releases)})`);
  const total = ended.length === 0 ? 'No release ended.' : `${counted(ended.length, 'release')} ended.`;
  return [open === 0 ? total : `${total} ${open} on the way now.`, ...lines];
}

function whichWords(releases: readonly Release[]): string {
  const shown = releases.slice(-MOST_NUMBERS).map(({ number, environment }) => `#${number} ${plain(environment, 40)}`);
  const left = releases.length - shown.length;
  return left === 0 ? shown.join(', ') : `${left} more and ${shown.join(', ')}`;
}

function glassWords({ at, by, environment, release, gate, reason }: BrokenGlass): string {
  const number = release === undefined ? 'a release' : `#${release}`;
  return `• ${dateAndClock(at)} ${whoWords(by)} let ${number} pass the gate *${plain(gate, 40)}* of *${plain(environment, 60)}*: “${plain(reason, 150)}”`;
}

function stealWords({ at, by, from, environment, reason }: StolenLock): string {
  const holder = from === '' ? '' : ` from ${whoWords(from)}`;
  return `• ${dateAndClock(at)} ${whoWords(by)} took the lock of *${plain(environment, 60)}*${holder}: “${plain(reason, 150)}”`;
}

/** That nothing of a kind happened is said too: silence could be a defect. */
function quietWords({ glasses, steals, longLocks }: Digest): string {
  const none = [glasses.length === 0 ? 'no glass was broken' : '', steals.length === 0 ? 'no lock was stolen' : '', longLocks.length === 0 ? 'no lock is older than a day' : ''].filter(Boolean);
  const words = listed(none);
  return words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.\n`;
}

/** In the form that `jack audit verify` takes. */
function auditWords({ span: { from, to }, isTornOff }: Digest): string {
  const torn = isTornOff ? `:rotating_light: The audit no longer has the line that the digest before named: somebody changed it or cut it off. Run \`jack audit verify --head ${headWords(from)}\`.\n` : '';
  if (to.hash === undefined) return `${torn}The audit has no lines yet.`;
  return `${torn}The audit’s head: \`${headWords(to)}\`. \`jack audit verify --head ${headWords(to)}\` finds whether anything before it was changed or cut off.`;
}

function headWords({ seq, hash }: AuditMark): string {
  return `${seq}:${hash ?? ''}`;
}

function timesWords(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** Only people are mentioned: somebody may have changed the audit. */
function whoWords(who: string): string {
  return isSlackUser(who) ? mention(who) : plain(who, 64);
}

/** Minutes are noise in a week. */
function wholeHours(ms: number): number {
  return Math.floor(ms / 3_600_000) * 3_600_000;
}
