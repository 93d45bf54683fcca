import type { Button, ContextBlock } from '@slack/types';
import { countedApprovers, isByAuthorsAlone, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import { authorsMatter, authorsOf, authorsUnknown, fourEyesOf } from '../../domain/approvals/four-eyes.ts';
import { isStopping } from '../../domain/approvals/stopping.ts';
import type { Release } from '../../domain/release.ts';
import { shortCommit } from '../../domain/revision.ts';
import { actions, button, context, linkButton, section } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import type { ThreadLinks } from '../release-thread.ts';
import { replyMessage } from '../replies.ts';
import { counted, dateAndClock, listed, mention, mentions, plain, revisionWords } from '../words.ts';
import { closedWords } from './closed.ts';
import { nextWords, rejectNextButton } from './next-in-line.ts';

/** The card that asks people; after the decision the buttons are gone and it says who decided. */
export function approvalReply(release: Release, key: string, approvalId: string, links: ThreadLinks): readonly WantedMessage[] {
  const request = release.approvals.find((one) => one.id === approvalId);
  if (!request) return [];
  if (request.state !== 'open') return [replyMessage(release, key, closedWords(release, request))];
  if (isStopping(release) && request.approvalAction) return [stoppingReply(release, key, request)];
  return [request.policy && request.policy.from.length > 0 ? askingReply(release, key, request) : nobodyReply(release, key, request, links)];
}

function askingReply(release: Release, key: string, request: ApprovalRequest): WantedMessage {
  const policy = request.policy ?? { from: [], count: 1 };
  const where = `${plain(release.app, 60)} → ${plain(request.environment, 60)}`;
  const text = `${mentions(policy.from)}: may #${release.number} ${where} ${wish(release)}?`;
  return replyMessage(release, key, text, {
    blocks: [
      section(`:raised_hand: ${mentions(policy.from)}: may *${where}* ${wish(release)}?\n${shipsWords(release)}${sinceWords(release, request)}`),
      ...conditionBlocks(release, request),
      actions(`approval:${request.decisions.length}`, ...answerButtons(release, request)),
    ],
  });
}

/** How many have to approve, until when, what waits behind it, and whose yes is not enough. `before`: said first. */
export function conditionBlocks(release: Release, request: ApprovalRequest, before: readonly string[] = []): readonly ContextBlock[] {
  const authors = authorWords(release);
  const until = request.expiresAt === undefined ? [] : [`until ${dateAndClock(request.expiresAt)}`];
  const conditions = [...before, needWords(release, request), ...until, ...behindWords(request)].join('  ·  ');
  return [context(conditions), ...[unnamedWords(release, request), authors].filter((words) => words !== '').map((words) => context(words))];
}

/** Where the source does not tell its newest commit, a yes before the start is bound to none. */
function unnamedWords({ route }: Release, { approvalAction, revisionIds }: ApprovalRequest): string {
  if (approvalAction || route.kind === 'version' || revisionIds.length > 0) return '';
  return ':grey_question: I cannot read the source, so this names no commit: whatever is the newest there at the start ships.';
}

/** What is asked for: may it … */
export function wish({ purpose }: Pick<Release, 'purpose'>): string {
  return purpose === 'rollback' ? 'be rolled back' : 'go on';
}

/** What of each source ships, a line each; of a rollback, what it goes back to. */
export function shipsWords({ purpose, revision, alongside = [] }: Pick<Release, 'purpose' | 'revision' | 'alongside'>): string {
  return `${purpose === 'rollback' ? 'It goes back to ' : ''}${[revision, ...alongside].slice(0, 5).map(revisionWords).join('\n')}`;
}

/** Nobody is called any more: there is nothing left to say yes to. */
function stoppingReply(release: Release, key: string, request: ApprovalRequest): WantedMessage {
  const text = stoppingWords(release, request);
  const buttons = answerButtons(release, request);
  return replyMessage(release, key, text, { blocks: [section(text), ...(buttons.length === 0 ? [] : [actions(`approval:stopping:${request.decisions.length}`, ...buttons)])] });
}

/** AWS waits for the answer also while it stops the execution. */
export function stoppingWords(release: Release, request: ApprovalRequest): string {
  const mayReject = answerButtons(release, request).length > 0;
  const ends = release.cancel ? '' : ` AWS still waits for an answer here: ${mayReject ? '*Reject* ends it at once, and so does ' : 'it is ended at once by '}*Cancel* in the headline.`;
  return `:octagonal_sign: *${plain(release.app, 60)} → ${plain(request.environment, 60)}* is being stopped in AWS, so there is nothing to approve any more.${ends}`;
}

/** The same in the thread and in a direct message. */
export function answerButtons(release: Release, request: ApprovalRequest): readonly Button[] {
  if (isStopping(release) && request.approvalAction) return release.cancel || !request.policy?.from.length ? [] : [button('Reject', 'approval.reject', request.id, { style: 'danger' })];
  return [
    button('Approve', 'approval.approve', request.id, { style: 'primary' }),
    button('Approve with a comment…', 'approval.comment', request.id),
    button('Reject', 'approval.reject', request.id, { style: 'danger' }),
    ...rejectNextButton(release, request),
  ];
}

/** Why there is a new question, where one stood before. */
export function sinceWords(release: Release, { since, revisionIds }: ApprovalRequest): string {
  if (!since) return '';
  const again = ' What was said before does not count for it.';
  if (since.kind === 'retried') return `\n:arrows_counterclockwise: CodePipeline asks again for the same revision: the stage was retried.${again}`;
  if (since.kind === 'policy') return `\n:arrows_counterclockwise: It is asked anew, as jack.yml names other approvers by now.${again}`;
  const named = (ids: readonly string[]): string => listed(ids.map((id) => (id === '' ? 'an unknown revision' : `\`${plain(shortCommit(id), 40)}\``))) || revisionWords(release.revision);
  return `\n:arrows_counterclockwise: It would ship something else now: ${named(since.from)} → ${named(revisionIds)}.${again}`;
}

function needWords(release: Release, request: ApprovalRequest): string {
  const gone = [...new Set(request.decisions.flatMap(({ by, gone: isGone }) => (isGone ? [by] : [])))].filter((user) => !request.decisions.some(({ by, gone: isGone }) => by === user && !isGone));
  return `${countWords(release, request)}${gone.length === 0 ? '' : `; what ${listed(gone.map(mention))} said counts no more: no approver by now`}`;
}

function countWords(release: Release, request: ApprovalRequest): string {
  const need = request.policy?.count ?? 1;
  const eyes = fourEyesOf(release);
  const have = countedApprovers(request, eyes);
  const but = release.requesters.length === 0 ? '' : ', not from who asked';
  if (have.length === 0) return need === 1 ? `one approval is needed${but}` : `${counted(need, 'approval')} from different people are needed${but}`;
  const names = have.map(mention).join(', ');
  if (have.length >= need && isByAuthorsAlone(request, eyes)) return `approved by ${names}, who wrote it: one more is needed who did not`;
  return `${have.length} of ${need}: approved by ${names}${isByAuthorsAlone(request, eyes) ? ', who wrote it' : ''}`;
}

/** Of what nobody typed: whose yes alone is not enough, and where that cannot be told. */
function authorWords(release: Release): string {
  if (!authorsMatter(release)) return '';
  const shipsNothing = !release.alongside?.length && release.previous?.id !== undefined && release.previous.id === release.revision.id;
  const authors = authorsOf(release);
  const matched = authors.filter(({ slackUser }) => slackUser !== undefined);
  const lost = authors.filter(({ slackUser }) => slackUser === undefined).slice(0, 5);
  const parts = [
    ...(matched.length === 0 ? [] : [`written by ${listed(matched.slice(0, 10).map(({ name }) => plain(name, 60)))}: at least one yes has to be of somebody else`]),
    ...(lost.length === 0 ? [] : [`${listed(lost.map(({ name, email }) => `${plain(name, 60)}${email === undefined ? '' : ` ${plain(`<${email}>`, 80)}`}`))} could not be matched to a Slack user, so I cannot tell a yes of theirs (\`people.authors\` in jack.yml names them)`]),
    ...(authorsUnknown(release) && !shipsNothing ? ['I cannot read all of what ships, so I do not know everybody who wrote it'] : []),
  ];
  return parts.length === 0 ? '' : `:busts_in_silhouette: ${parts.join('.  ')}.`;
}

function behindWords(request: ApprovalRequest): readonly string[] {
  if (request.newerBehind === undefined) return [];
  return [`${request.newerBehind} newer ${request.newerBehind === 1 ? 'waits' : 'wait'} behind this one${request.next === undefined ? '' : nextWords(request.next)}`];
}

/** No policy, or an empty one: nobody can answer from Slack, and the card says what to do. */
function nobodyReply(release: Release, key: string, request: ApprovalRequest, links: ThreadLinks): WantedMessage {
  const name = plain(request.environment, 60);
  const text = `:raised_hand: *${plain(release.app, 60)} → ${name}* waits for an approval that nobody can give from Slack.`;
  const list = release.purpose === 'rollback' ? 'rollback.approval.from' : 'approval.from';
  const why = request.policy ? `\`${list}\` of *${name}* is empty in jack.yml, which means nobody. Name approvers there, or answer in AWS.` : `*${name}* has no approval policy. To approve here, add to jack.yml under this environment:\n\`\`\`approval: { from: [U…, S…], count: 1 }\`\`\``;
  return replyMessage(release, key, text, {
    blocks: [section(`${text}\n${why}`), ...(links.execution === undefined ? [] : [actions('approval:console', linkButton('Answer in AWS', links.execution))])],
  });
}
