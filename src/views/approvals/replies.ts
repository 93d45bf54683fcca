import { countedApprovers, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import { fourEyesOf } from '../../domain/approvals/four-eyes.ts';
import type { Release } from '../../domain/release.ts';
import { section } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import { replyMessage } from '../replies.ts';
import { clock, dateAndClock, mention, mentions, nameInArn, plain } from '../words.ts';

/** Half of the time is over: those who can still answer are asked once more. After the decision it is not posted any more. */
export function reminderReply(release: Release, key: string, approvalId: string): readonly WantedMessage[] {
  const request = release.approvals.find((one) => one.id === approvalId);
  if (!request) return [];
  const where = `*${plain(release.app, 60)} → ${plain(request.environment, 60)}*`;
  if (request.state !== 'open') return [{ ...replyMessage(release, key, `:bell: A reminder stood here; the question about ${where} is settled above.`), onlyEdit: true }];
  const until = request.expiresAt === undefined ? '' : ` until ${dateAndClock(request.expiresAt)}`;
  const text = `:bell: ${mentions(stillToAnswer(release, request))}: #${release.number} ${where} still waits for an answer${until}. The buttons are above.`;
  return [replyMessage(release, key, text, { blocks: [section(text)] })];
}

/** Groups stay: one of them is enough. */
function stillToAnswer(release: Release, { policy, decisions }: ApprovalRequest): readonly string[] {
  const from = policy?.from ?? [];
  const left = from.filter((one) => !decisions.some((decision) => decision.by === one && !decision.gone) && !release.requesters.some((requester) => requester.user === one));
  return left.length === 0 ? from : left;
}

/** Somebody decided here and AWS had its answer already: an edit of the card notifies nobody. */
export function elsewhereReply(release: Release, key: string, approvalId: string): readonly WantedMessage[] {
  const request = release.approvals.find((one) => one.id === approvalId);
  if (!request?.elsewhere) return [];
  const late = [...new Set(request.decisions.map((decision) => decision.by))];
  const { who, at } = request.elsewhere;
  const faster = who === undefined ? 'somebody' : nameInArn(who);
  const when = at === undefined ? '' : ` at ${clock(at)}`;
  return [replyMessage(release, key, `${mentions(late)}: your answer came too late. ${faster} had ${request.verdict ?? 'answered'} it in AWS${when}, outside Slack.`)];
}

/** The environment asks for an approval, and nobody could be asked in time. */
export function notAskedReply(release: Release, key: string, environment: string): WantedMessage {
  const name = plain(environment, 60);
  return replyMessage(release, key, `:warning: *${name}* asks for an approval in jack.yml, but this pipeline has no manual approval before it, and this execution was under way before I could ask: nothing holds it. Add a manual approval action before the deploy, or lock *${name}*.`);
}

/** What the person who clicked is told. */
export function decidedAnswer(release: Release, approvalId: string, user: string): string {
  const request = release.approvals.find((one) => one.id === approvalId);
  const mine = request?.decisions.findLast((decision) => decision.by === user);
  if (!request || mine?.approves === false) return `Your no to #${release.number} is recorded.`;
  return `Your approval of #${release.number} is recorded.${request.state === 'open' ? stillNeeded(release, request) : ''}`;
}

function stillNeeded(release: Release, request: ApprovalRequest): string {
  const need = request.policy?.count ?? 1;
  const have = countedApprovers(request, fourEyesOf(release)).length;
  if (have < need) return ` ${need - have} more ${need - have === 1 ? 'is' : 'are'} needed.`;
  return ` You wrote what it ships: one more is needed of somebody who did not.${release.requesters.length === 0 ? '' : ` Not of ${release.requesters.map(({ user }) => mention(user)).join(', ')}, who asked.`}`;
}
