import { asItEnded, attemptOfKey } from '../domain/attempt.ts';
import { waitedForPeople } from '../domain/approvals/waited.ts';
import { isOver, ownDeploy, wasReplaced, type Release } from '../domain/release.ts';
import type { NoteKind } from '../domain/release-note.ts';
import { shortCommit } from '../domain/revision.ts';
import { actions, button, section } from './blocks.ts';
import type { WantedMessage } from './message.ts';
import { duration, mention, mentions, nameInArn, plain } from './words.ts';

/** A reply in the release's thread. */
export function replyMessage(release: Release, key: string, text: string, more: Pick<WantedMessage, 'blocks'> & { readonly broadcast?: boolean } = { blocks: [section(text)] }): WantedMessage {
  return { key, channel: release.channel, place: 'reply', text, ...more };
}

export function adoptedReply(release: Release, key: string, what: { readonly by: string; readonly reason?: string }): WantedMessage {
  const reason = what.reason === undefined ? '' : `: “${plain(what.reason, 200)}”`;
  const words = release.requesters[0]?.user === what.by ? 'asked for this while it was on its way' : 'asked for this too';
  return replyMessage(release, key, `${mention(what.by)} ${words}${reason}. It is the same release; they count as requester.`);
}

export function cancelReply(release: Release, key: string, by: string): WantedMessage {
  return replyMessage(release, key, `${mention(by)} asked to cancel.${cancelledWords(asItEnded(release, attemptOfKey(key)))}`);
}

/** What AWS refused to stop is told by a reply of its own. */
function cancelledWords(release: Release): string {
  if (!isOver(release)) return ' It is cancelled when AWS shows it.';
  const { cancel, status } = release;
  if (!cancel || cancel.refused || cancel.abortAsked === false || (status !== 'live' && status !== 'live-not-verified')) return '';
  return ` It came too late for *${plain(release.environment, 60)}*: it was deployed there all the same.`;
}

export function differsReply(release: Release, key: string, what: { readonly asked: string; readonly found: string }): WantedMessage {
  return replyMessage(release, key, `:warning: Asked for \`${plain(shortCommit(what.asked), 40)}\`, but CodePipeline is running \`${plain(shortCommit(what.found), 40)}\`. ${isOver(release) ? 'Nothing of it can be approved any more.' : `${release.cancel?.refused ? 'It could not be stopped' : 'I am stopping it'}; nothing of it can be approved.`}`);
}

/** Somebody retried the failed stage in AWS. */
export function triedAgainReply(release: Release, key: string, attempt: number): WantedMessage {
  return replyMessage(release, key, `:arrows_counterclockwise: The execution was retried in AWS: attempt ${attempt}. What stands above it is over; what asks again needs a new answer.`);
}

/** It waits in the queue no more: who wanted to know is mentioned. */
export function turnReply(release: Release, key: string, { users, environment }: { readonly users: readonly string[]; readonly environment?: string }): WantedMessage {
  return replyMessage(release, key, `:bell: ${mentions(users)}: it is the turn of #${release.number} on *${plain(environment ?? release.environment, 60)}* now.`);
}

/** AWS's own words, and what to do: a permission is missing, or the thing is not to be had. */
export function refusedByAwsReply(release: Release, key: string, refused: Refused): WantedMessage {
  const then = refused.what === 'free' ? `\nEnable the transition by hand: in the CodePipeline console, open ${transitionWords(refused)} and choose *Enable transition*.\n` : '';
  return replyMessage(release, key, `:warning: ${refusedWords(release, refused)}: ${plain(refused.text, 500)}${then === '' ? ' ' : then}${askers(release)}`.trim());
}

type Refused = Extract<NoteKind, { kind: 'refused-by-aws' }>;

function refusedWords(release: Release, refused: Refused): string {
  const where = `*${plain(release.environment, 60)}*`;
  switch (refused.what) {
    case 'approval':
      return 'CodePipeline did not take the answer, so nothing is decided';
    case 'cancel':
      return 'AWS did not take the stop, so the release goes on';
    case 'abort':
      return release.route.kind === 'version' ? 'AWS did not take the abort, so the deployment goes on' : 'AWS did not take the abort: the deployment goes on to its end, and the execution stops after it';
    case 'abort-first':
      return 'AWS did not let me abort the deployment in flight, so the rollback waits until that has ended';
    case 'hold':
      return `AWS did not let me disable the transition into ${transitionWords(refused)}, so a pipeline may deploy to ${where} while this release works there`;
    case 'free':
      return `The transition into ${transitionWords(refused)} stays disabled, so nothing gets through the pipeline to ${where}. I disabled it for this release, and AWS did not let me enable it again`;
    default:
      return refused.what satisfies never;
  }
}

function transitionWords({ transition }: Refused): string {
  return transition === undefined ? 'the stage' : `stage ${plain(transition.stage, 100)} of pipeline ${plain(transition.pipeline, 100)}`;
}

/** What became of an environment that the release passes on its way. */
export function deployReply(release: Release, key: string, environment: string): readonly WantedMessage[] {
  const deploy = release.deploys.find((one) => one.environment === environment);
  if (!deploy?.verdict || deploy.verdict.outcome === 'live') return [];
  const back = deploy.operationOutcome === 'failed' && (deploy.instances?.updated ?? 0) > 0 ? ` \`/rollback ${plain(environment, 60)}\` brings back what ran there before.` : '';
  return [replyMessage(release, key, `*${plain(environment, 60)}* on the way: ${plain(deploy.verdict.because, 600)}${back}`)];
}

/** The closing reply of a release that did not fail: quiet, nobody is mentioned but who asked for what was refused. What runs and is not well is everybody's concern; what runs no more is not. */
export function endReply(release: Release, key: string): WantedMessage {
  const text = endWords(release);
  return release.status === 'live-not-verified' && !wasReplaced(release) ? replyMessage(release, key, text, { broadcast: true, blocks: [section(text), ...rollBackOffer(release)] }) : replyMessage(release, key, text);
}

/** Until something else runs there. */
function rollBackOffer(release: Release) {
  if (release.purpose === 'rollback' || release.followedBy !== undefined) return [];
  return [actions('end:next', button('Roll back', 'rollback.plan', release.id, { style: 'danger' }))];
}

function endWords(release: Release): string {
  const why = release.outcome === undefined ? '' : ` ${plain(release.outcome, 600)}`;
  const where = `*${plain(release.environment, 60)}*`;
  switch (release.status) {
    case 'live':
      return `:white_check_mark: Live on ${where}.${why} ${tookWords(release)}`;
    case 'live-not-verified':
      if (wasReplaced(release)) return `:fast_forward: ${where}:${why} ${askers(release)}`.trim();
      return `:warning: Live on ${where}, but not verified.${why} ${askers(release)}`.trim();
    case 'rejected':
      return `:no_entry: Rejected${rejecterWords(release)}.${release.outcome === undefined ? '' : ` “${plain(release.outcome, 400)}”`} Nothing was deployed to ${where}. ${askers(release)}`.trim();
    case 'expired':
      return `:alarm_clock: Not approved in time, so nothing was deployed to ${where}. ${askers(release)}`.trim();
    case 'superseded':
      return `:fast_forward: Superseded: a newer execution took its place before ${where}.${why} ${askers(release)}`.trim();
    case 'cancelled':
      return [`:wastebasket: Cancelled${release.cancel && release.cancel.by !== 'jack' ? ` by ${mention(release.cancel.by)}` : ''}.${why}`, touchedWords(release), askersBut(release, release.cancel?.by)].filter((part) => part !== '').join(' ');
    case 'lost':
      return `:grey_question: ${why.trim()} Look in the AWS console what became of it. ${askers(release)}`.trim();
    default:
      return `Ended: ${release.status}.${why}`;
  }
}

/** People who answer at once are not what took the time. */
const WORTH_TELLING_MS = 60_000;

function tookWords(release: Release): string {
  const waited = waitedForPeople(release.approvals, release.statusAt);
  const people = waited < WORTH_TELLING_MS ? '' : `, ${duration(waited)} of it waiting for approval`;
  return `${release.purpose === 'rollback' ? 'Rolled back in' : 'It took'} ${duration(release.statusAt - release.requestedAt)}${people}.`;
}

function rejecterWords(release: Release): string {
  const request = release.approvals.findLast((one) => one.verdict === 'rejected');
  const by = request?.state === 'confirmed' ? request.decisions.find((decision) => !decision.approves)?.by : undefined;
  if (by !== undefined) return ` by ${mention(by)}`;
  return request?.elsewhere?.who === undefined ? ' outside Slack' : ` by ${nameInArn(request.elsewhere.who)}, outside Slack`;
}

/** Nobody is told what they did themselves. */
function askersBut(release: Release, but: string | undefined): string {
  return mentions(release.requesters.map((one) => one.user).filter((user) => user !== but));
}

/** The people who wait for the answer. */
export function askers(release: Release): string {
  return mentions(release.requesters.map((one) => one.user));
}

/** That the environment was not changed by this release, nor by what it did before it began; nothing where that was not seen. */
export function touchedWords(release: Release): string {
  const deploy = ownDeploy(release);
  if (release.abortedFirst?.state === 'done') return '';
  if (!deploy && release.stages.length > 0) return '';
  if (!deploy || deploy.startedAt === undefined) return `*${plain(release.environment, 60)}* was not touched by this release.`;
  return '';
}
