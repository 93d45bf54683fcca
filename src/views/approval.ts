import { countedApprovers, ranOut, type ApprovalRequest } from '../domain/approval.ts';
import { isOver, type Release } from '../domain/release.ts';
import { actions, button, context, linkButton, section } from './blocks.ts';
import type { WantedMessage } from './message.ts';
import { replyMessage } from './replies.ts';
import type { ThreadLinks } from './release-thread.ts';
import { clock, counted, dateAndClock, mention, mentions, nameInArn, plain, revisionWords } from './words.ts';

/** The card that asks people; after the decision the buttons are gone and it says who decided. */
export function approvalReply(release: Release, key: string, approvalId: string, links: ThreadLinks): readonly WantedMessage[] {
  const request = release.approvals.find((one) => one.id === approvalId);
  if (!request) return [];
  if (request.state !== 'open') return [replyMessage(release, key, closedWords(release, request))];
  return [request.policy && request.policy.from.length > 0 ? askingReply(release, key, request) : nobodyReply(release, key, request, links)];
}

function askingReply(release: Release, key: string, request: ApprovalRequest): WantedMessage {
  const policy = request.policy ?? { from: [], count: 1 };
  const where = `${plain(release.app, 60)} → ${plain(request.environment, 60)}`;
  const text = `${mentions(policy.from)}: may #${release.number} ${where} go on?`;
  return replyMessage(release, key, text, {
    blocks: [
      section(`:raised_hand: ${mentions(policy.from)}: may *${where}* go on?\n${revisionWords(release.revision)}`),
      context([needWords(release, request), ...(request.expiresAt === undefined ? [] : [`until ${dateAndClock(request.expiresAt)}`]), ...behindWords(request)].join('  ·  ')),
      actions(`approval:${request.decisions.length}`, button('Approve', 'approval.approve', request.id, { style: 'primary' }), button('Reject', 'approval.reject', request.id, { style: 'danger' })),
    ],
  });
}

function needWords(release: Release, request: ApprovalRequest): string {
  const need = request.policy?.count ?? 1;
  const have = countedApprovers(request, release.requesters.map((requester) => requester.user));
  const but = release.requesters.length === 0 ? '' : ', not from who asked';
  if (have.length === 0) return need === 1 ? `one approval is needed${but}` : `${counted(need, 'approval')} from different people are needed${but}`;
  return `${have.length} of ${need}: approved by ${have.map(mention).join(', ')}`;
}

function behindWords(request: ApprovalRequest): readonly string[] {
  return request.newerBehind === undefined ? [] : [`${request.newerBehind} newer ${request.newerBehind === 1 ? 'waits' : 'wait'} behind this one`];
}

/** No policy, or an empty one: nobody can answer from Slack, and the card says what to do. */
function nobodyReply(release: Release, key: string, request: ApprovalRequest, links: ThreadLinks): WantedMessage {
  const name = plain(request.environment, 60);
  const text = `:raised_hand: *${plain(release.app, 60)} → ${name}* waits for an approval that nobody can give from Slack.`;
  const why = request.policy ? `\`approval.from\` of *${name}* is empty in jack.yml, which means nobody. Name approvers there, or answer in AWS.` : `*${name}* has no approval policy. To approve here, add to jack.yml under this environment:\n\`\`\`approval: { from: [U…, S…], count: 1 }\`\`\``;
  return replyMessage(release, key, text, {
    blocks: [section(`${text}\n${why}`), ...(links.execution === undefined ? [] : [actions('approval:console', linkButton('Answer in AWS', links.execution))])],
  });
}

function closedWords(release: Release, request: ApprovalRequest): string {
  const at = request.closedAt === undefined ? '' : ` · ${clock(request.closedAt)}`;
  const where = plain(request.environment, 60);
  switch (request.state) {
    case 'confirmed':
      return request.verdict === 'approved' ? `:white_check_mark: Approved by ${deciders(request, true)}${at}${comments(request, true)}` : `:no_entry: Rejected by ${deciders(request, false)}${at}${comments(request, false)}`;
    case 'decided':
      return request.verdict === 'approved'
        ? `:hourglass_flowing_sand: ${deciders(request, true)} approved; telling CodePipeline when *${where}* is free.`
        : `:hourglass_flowing_sand: ${ranOut(request) ? 'The time to answer is over' : `${deciders(request, false)} said no`}; telling CodePipeline.`;
    case 'overtaken':
      return `${request.verdict === 'rejected' ? ':no_entry: Rejected' : ':white_check_mark: Approved'} outside Slack${elsewhereWords(request)}${at}${lateWords(request)}`;
    case 'expired':
      return `:alarm_clock: ${expiredWords(release, request)}${at}${comments(request, true)}`;
    default:
      return `:wastebasket: This question is closed: ${whyClosed(release)} before anybody answered${at}.`;
  }
}

function whyClosed(release: Release): string {
  if (release.cancel || release.status === 'cancelled') return 'the release was cancelled';
  return isOver(release) ? 'the release ended' : 'it is asked anew';
}

/** Who did answer is named: one yes of two is not nobody. */
function expiredWords(release: Release, request: ApprovalRequest): string {
  const have = countedApprovers(request, release.requesters.map((requester) => requester.user));
  const need = request.policy?.count ?? 1;
  if (have.length === 0) return 'Nobody answered in time';
  if (have.length >= need) return `${mentions(have)} approved, but CodePipeline’s time ran out before *${plain(request.environment, 60)}* was free`;
  return `Not approved in time: ${have.length} of ${need}, by ${mentions(have)}`;
}

function deciders(request: ApprovalRequest, approves: boolean): string {
  return request.decisions.filter((decision) => decision.approves === approves).map((decision) => mention(decision.by)).join(', ') || 'nobody';
}

function comments(request: ApprovalRequest, approves: boolean): string {
  const said = request.decisions.filter((decision) => decision.approves === approves && decision.comment !== undefined && decision.comment !== '');
  return said.map((decision) => `\n> ${plain(decision.comment ?? '', 400)}`).join('');
}

function elsewhereWords(request: ApprovalRequest): string {
  const who = request.elsewhere?.who === undefined ? '' : ` by ${nameInArn(request.elsewhere.who)}`;
  const said = request.elsewhere?.summary === undefined || request.elsewhere.summary === '' ? '' : `: “${plain(request.elsewhere.summary, 200)}”`;
  return `${who}${said}`;
}

/** Somebody here had decided too, and was slower. */
function lateWords(request: ApprovalRequest): string {
  const late = request.decisions.map((decision) => mention(decision.by));
  return late.length === 0 ? '' : `\n${late.join(', ')} decided here too, but CodePipeline had its answer already.`;
}
