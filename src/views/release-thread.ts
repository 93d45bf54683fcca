import { asItEnded } from '../domain/attempt.ts';
import { gateInTheWay } from '../domain/door/glass.ts';
import { isOnlyChecked, isQueued } from '../domain/occupancy.ts';
import { isOver, ownDeploy, wasReplaced, type Release } from '../domain/release.ts';
import type { ReleaseNote } from '../domain/release-note.ts';
import { approvalReply } from './approvals/card.ts';
import { elsewhereReply, notAskedReply, reminderReply } from './approvals/replies.ts';
import { actions, button, context, linkButton, section } from './blocks.ts';
import { brokenGlassReply } from './broken-glass.ts';
import { heldReply } from './gates/held.ts';
import { failureReply } from './failure.ts';
import type { WantedMessage } from './message.ts';
import { adoptedReply, cancelReply, deployReply, differsReply, endReply, refusedByAwsReply, triedAgainReply, turnReply } from './replies.ts';
import { stageLine } from './stage-line.ts';
import { statusMark, statusWords } from './status.ts';
import { counted, dateAndClock, link, mention, nameInArn, plain, revisionWords } from './words.ts';

/** Console addresses, made outside: views know no AWS. */
export interface ThreadLinks {
  readonly execution?: string;
}

/** The whole thread of a release as it should read now: the headline is the truth, the replies are the history. */
export function releaseThread(release: Release, links: ThreadLinks): readonly WantedMessage[] {
  if (isQuiet(release)) return [];
  return [headline(release, links), ...release.notes.flatMap((note) => reply(release, note, links))];
}

const FAILURES: ReadonlySet<Release['status']> = new Set(['failed', 'mixed-versions', 'rolled-back-by-beanstalk', 'lost', 'live-not-verified']);

/** A release that nobody typed is told as loudly as its environment's setting says. */
function isQuiet(release: Release): boolean {
  if (release.requesters.length > 0 || release.loudness === 'all') return false;
  if (FAILURES.has(release.status) && !wasReplaced(release)) return false;
  return release.loudness === 'failures' || release.approvals.length === 0;
}

function headline(release: Release, links: ThreadLinks): WantedMessage {
  const title = `${statusMark(release)} *${plain(release.app, 100)} → ${plain(release.environment, 100)}*  ${statusWords(release)}`;
  const line = stageLine(release);
  const buttons = headlineButtons(release, links);
  return {
    key: 'headline',
    channel: release.channel,
    place: 'root',
    text: `#${release.number} ${plain(release.app, 100)} → ${plain(release.environment, 100)}: ${statusWords(release)}`,
    blocks: [
      section(`${title}\n${what(release)}`),
      ...(line === '' ? [] : [context(line)]),
      context(facts(release)),
      ...(release.trouble ? [context(`:warning: Something keeps me from going on, since ${dateAndClock(release.trouble.since)}: ${plain(release.trouble.text, 300)} I keep trying (\`${plain(release.trouble.faultId, 20)}\` in my log).`)] : []),
      ...(buttons.length > 0 ? [actions(`release:${release.status}`, ...buttons)] : []),
    ],
  };
}

function what(release: Release): string {
  const { summary } = release.revision;
  const words = release.purpose === 'rollback' ? `Roll back to ${revisionWords(release.revision)}` : revisionWords(release.revision);
  return summary === undefined && release.route.kind === 'version' && release.revision.id === undefined ? `\`${plain(release.route.label, 100)}\`` : words;
}

/** '#412 · asked by @ada · 3 commits by Linus · version 1.42'. */
function facts(release: Release): string {
  const range = release.commits;
  const parts = [
    `#${release.number}`,
    whoAsked(release),
    ...(release.requesters[0]?.reason === undefined ? [] : [`“${plain(release.requesters[0].reason, 120)}”`]),
    ...(range && range.count > 0 ? [commitWords(range)] : []),
    dateAndClock(release.requestedAt),
  ];
  return parts.join('  ·  ');
}

function commitWords(range: NonNullable<Release['commits']>): string {
  const words = `${counted(range.count, 'commit')}${range.truncated ? ' or more' : ''}`;
  const authors = [...new Set(range.commits.map((commit) => commit.author?.name).filter((name) => name !== undefined))].slice(0, 3);
  const by = authors.length > 0 ? ` by ${authors.map((name) => plain(name, 60)).join(', ')}` : '';
  return `${range.compareUrl === undefined ? words : link(range.compareUrl, words)}${by}`;
}

function whoAsked(release: Release): string {
  if (release.requesters.length > 0) return `asked by ${release.requesters.map((one) => mention(one.user)).join(', ')}`;
  const who = release.origin?.who === undefined ? '' : ` by ${nameInArn(release.origin.who)}`;
  switch (release.origin?.kind) {
    case 'push':
      return 'started by a push';
    case 'schedule':
      return 'started by a schedule';
    case 'console':
      return `started outside Slack${who}`;
    case 'rollback':
      return `stage rollback started outside Slack${who}`;
    default:
      return `started by AWS${who}`;
  }
}

function headlineButtons(release: Release, links: ThreadLinks) {
  const console = links.execution === undefined ? [] : [linkButton('Open in AWS', links.execution)];
  if (!isOver(release)) return release.cancel && !release.cancel.refused ? console : [...stopButtons(release), ...glassButton(release), ...console];
  return canRollBack(release) ? [button('Roll back', 'rollback.plan', release.id, { style: 'danger' }), ...console] : console;
}

/** What only is being checked cannot be stopped. */
function stopButtons(release: Release) {
  if (isQueued(release)) return queueButtons(release);
  return isOnlyChecked(release) ? [] : [cancelButton(release)];
}

/** Everybody sees it; owners alone can use it. */
function glassButton(release: Release) {
  return gateInTheWay(release) === undefined ? [] : [button('Break glass', 'glass.release', release.id)];
}

/** Nothing has gone in yet: who waits may leave, or be told. */
function queueButtons(release: Release) {
  const leave = button('Leave the queue', 'queue.leave', release.id, { confirm: { title: `Leave the queue with #${release.number}?`, text: cancelText(release), yes: 'Leave the queue', no: 'Keep the place' } });
  return [leave, button('Tell me when it is my turn', 'queue.watch', release.id)];
}

function cancelButton(release: Release) {
  return button('Cancel', 'release.cancel', release.id, {
    confirm: { title: `Cancel #${release.number}?`, text: cancelText(release), yes: 'Cancel the release', no: 'Keep it' },
  });
}

function cancelText(release: Release): string {
  const status = ownDeploy(release)?.status;
  if (status === 'verifying') return `What was deployed to ${plain(release.environment, 60)} stays there. What the pipeline does after it is stopped.`;
  return status === 'running' ? 'The deployment is aborted. Instances that have the new version already keep it: versions may be mixed afterwards.' : 'What has been started in AWS is stopped.';
}

/** A failed build leaves the environment as it was, and what was replaced does not run: there is nothing to roll back. */
function canRollBack(release: Release): boolean {
  const deploy = ownDeploy(release);
  const touched = deploy?.label !== undefined && deploy.startedAt !== undefined;
  return release.followedBy === undefined && !wasReplaced(release) && touched && release.purpose === 'deploy' && (FAILURES.has(release.status) || release.status === 'cancelled');
}

function reply(release: Release, note: ReleaseNote, links: ThreadLinks): readonly WantedMessage[] {
  switch (note.what.kind) {
    case 'adopted':
      return [adoptedReply(release, note.key, note.what)];
    case 'approval-asked':
      return approvalReply(release, note.key, note.what.approvalId, links);
    case 'reminder':
      return reminderReply(release, note.key, note.what.approvalId);
    case 'decided-elsewhere':
      return elsewhereReply(release, note.key, note.what.approvalId);
    case 'not-asked':
      return [notAskedReply(release, note.key, note.what.environment)];
    case 'deploy-verdict':
      return deployReply(release, note.key, note.what.environment);
    case 'cancel-asked':
      return [cancelReply(release, note.key, note.what.by)];
    case 'revision-differs':
      return [differsReply(release, note.key, note.what)];
    case 'refused-by-aws':
      return [refusedByAwsReply(release, note.key, note.what)];
    case 'tried-again':
      return [triedAgainReply(release, note.key, note.what.attempt)];
    case 'waiting':
      return heldReply(release, note.key, note.what.waiting);
    case 'your-turn':
      return [turnReply(release, note.key, note.what)];
    case 'broken-glass':
      return [brokenGlassReply(release, note.key, note.what)];
    case 'outcome':
      return [outcomeReply(release, note.key, note.what.attempt ?? 1)];
    default:
      return [];
  }
}

/** Each attempt has its closing reply; that of an earlier one offers nothing any more. */
function outcomeReply(release: Release, key: string, attempt: number): WantedMessage {
  const ended = asItEnded(release, attempt);
  const message = ended.failure ? failureReply(ended, key) : endReply(ended, key);
  return ended.attempt === release.attempt && ended === release ? message : { ...message, blocks: message.blocks.filter((block) => block.type !== 'actions') };
}
