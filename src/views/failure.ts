import { ownDeploy, type Release } from '../domain/release.ts';
import { actions, button, context, section } from './blocks.ts';
import type { WantedMessage } from './message.ts';
import { askers, replyMessage, touchedWords } from './replies.ts';
import { clip, clock, link, mention, mentions, plain, quoted } from './words.ts';

/** The reply of a release that failed: the cause in one sentence, the evidence quoted, links, and what to do next. Broadcast to the channel. */
export function failureReply(release: Release, key: string): WantedMessage {
  const failure = release.failure ?? { cause: release.outcome ?? '', links: [] };
  const title = titleOf(release);
  const cause = causeOf(release, failure.cause);
  const people = peopleOf(release);
  const touched = touchedWords(release);
  const again = failure.refused ? 'Once that is put right, ask again.' : '';
  const events = failure.events ?? [];
  return replyMessage(release, key, `${title} ${clip(cause, 300)}`, {
    broadcast: true,
    blocks: [
      section(`:x: *${title}* ${cause}`),
      ...(release.outcome === undefined || (release.status === 'failed' && ownDeploy(release)?.aborted !== true) ? [] : [section(plain(release.outcome, 700))]),
      ...(failure.logTail && failure.logTail.length > 0 ? [section(quoted(failure.logTail))] : []),
      ...(events.length > 0 ? [section(events.slice(-8).map((event) => `${clock(event.at)} *${plain(event.severity, 10)}* ${plain(event.message, 280)}`).join('\n'))] : []),
      ...(failure.links.length > 0 ? [context(failure.links.map((one) => link(one.url, one.label)).join('  ·  '))] : []),
      context([touched, followedWords(release), again, people].filter((part) => part !== '').join(' ') || `#${release.number}`),
      ...(touched === '' && release.purpose === 'deploy' && release.followedBy === undefined ? [actions('failure:next', button('Roll back', 'rollback.plan', release.id, { style: 'danger' }))] : []),
    ],
  });
}

/** Who aborts a deployment knows why; Beanstalk only says that it failed. */
function causeOf(release: Release, told: string): string {
  if (ownDeploy(release)?.aborted !== true) return plain(told, 700);
  const { abortedBy } = ownDeploy(release) ?? {};
  if (abortedBy !== undefined) return `The rollback #${abortedBy} aborted the deployment.`;
  if (release.cancel && release.cancel.by !== 'jack') return `${mention(release.cancel.by)} cancelled it in the middle of the deployment.`;
  return 'The deployment was aborted.';
}

function titleOf(release: Release): string {
  const where = `${plain(release.app, 60)} → ${plain(release.environment, 60)}`;
  if (release.status === 'mixed-versions') return `#${release.number} ${where}: instances run different versions.`;
  if (release.status === 'rolled-back-by-beanstalk') return `#${release.number} ${where}: Beanstalk rolled it back.`;
  const { stage, action } = release.failure ?? {};
  return stage === undefined ? `#${release.number} ${where} failed.` : `#${release.number} ${where} failed in ${plain(stage, 60)}${action === undefined ? '' : ` / ${plain(action, 60)}`}.`;
}

/** In the past tense: later releases come to run there too. */
function followedWords({ followedBy }: Release): string {
  return followedBy === undefined ? '' : `#${followedBy} came to run there afterwards.`;
}

/** Who asked, and who wrote what ships. */
function peopleOf(release: Release): string {
  const authors = (release.commits?.commits ?? []).map((commit) => commit.author?.slackUser).filter((user) => user !== undefined);
  const asked = askers(release);
  const others = [...new Set(authors)].filter((user) => !release.requesters.some((one) => one.user === user)).slice(0, 5);
  return [asked, others.length > 0 ? `(${others.length === 1 ? 'author' : 'authors'}: ${mentions(others)})` : ''].filter((part) => part !== '').join(' ');
}
