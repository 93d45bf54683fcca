import { countedApprovers, ranOut, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import { fourEyesOf } from '../../domain/approvals/four-eyes.ts';
import { readsMarked } from '../../domain/approvals/summary.ts';
import { isOver, type Release } from '../../domain/release.ts';
import { clock, mention, mentions, nameInArn, plain } from '../words.ts';

/** What became of a question: decided (recorded here), confirmed (AWS took it), overtaken (somebody was faster), or over. */
export function closedWords(release: Release, request: ApprovalRequest): string {
  const at = request.closedAt === undefined ? '' : ` · ${clock(request.closedAt)}`;
  switch (request.state) {
    case 'confirmed':
      return confirmedWords(request, at);
    case 'decided':
      return decidedWords(request);
    case 'overtaken':
      return `${request.verdict === 'rejected' ? ':no_entry: Rejected' : ':white_check_mark: Approved'} ${readsMarked(request.elsewhere?.summary ?? '') ? 'elsewhere' : 'outside Slack'}${elsewhereWords(request)}${at}${lateWords(request)}`;
    case 'expired':
      return `:alarm_clock: ${expiredWords(release, request)}${at}${comments(request, true)}`;
    default:
      return `:wastebasket: This question is closed: ${whyClosed(release, request)} ${saidBefore(request)}${at}.`;
  }
}

function confirmedWords(request: ApprovalRequest, at: string): string {
  const { brokenGlass } = request;
  if (brokenGlass) return `:rotating_light: *Break glass* by ${mention(brokenGlass.by)}${at}: let through without ${approvalsWords(request)}\n> ${plain(brokenGlass.reason, 400)}`;
  return request.verdict === 'approved'
    ? `:white_check_mark: Approved by ${deciders(request, true)}${at}${comments(request, true)}`
    : `:no_entry: Rejected by ${deciders(request, false)}${at}${comments(request, false)}`;
}

/** The approvers were mentioned once; this is not the moment to call them again. */
function approvalsWords({ policy }: ApprovalRequest): string {
  const count = policy?.count ?? 1;
  return count === 1 ? 'its approval' : `its ${count} approvals`;
}

function decidedWords(request: ApprovalRequest): string {
  const mark = ':hourglass_flowing_sand:';
  const telling = request.approvalAction ? 'telling CodePipeline' : 'going on';
  const where = plain(request.environment, 60);
  if (request.brokenGlass) return `${mark} :rotating_light: *Break glass* by ${mention(request.brokenGlass.by)}; ${telling} when *${where}* is free.`;
  if (request.verdict === 'approved') return `${mark} ${deciders(request, true)} said yes; ${telling} when *${where}* is free.`;
  return `${mark} ${ranOut(request) ? 'The time to answer is over' : `${deciders(request, false)} said no`}; ${telling === 'going on' ? 'ending it' : telling}.`;
}

/** What was recorded when it was closed; of an older record, what its release tells by now. */
function whyClosed(release: Release, { withdrawn }: ApprovalRequest): string {
  if (withdrawn === 'changed') return 'it is asked anew';
  if (withdrawn === 'policy') return 'jack.yml names other approvers, so it is asked anew,';
  if (release.cancel || release.status === 'cancelled') return 'the release was cancelled';
  if (isOver(release)) return 'the release ended';
  return withdrawn === 'ended' ? 'its execution ended' : 'it is asked anew';
}

/** Whoever did answer is named. */
function saidBefore(request: ApprovalRequest): string {
  const { decisions, brokenGlass } = request;
  const said = [...(brokenGlass ? [`${mention(brokenGlass.by)} had broken the glass`] : []), ...[true, false].filter((yes) => decisions.some(({ approves, gone }) => approves === yes && !gone)).map((yes) => `${deciders(request, yes)} had said ${yes ? 'yes' : 'no'}`)];
  return said.length === 0 ? 'before anybody answered' : `after ${said.join(' and ')}`;
}

/** Who did answer is named: one yes of two is not nobody. */
function expiredWords(release: Release, request: ApprovalRequest): string {
  const have = countedApprovers(request, fourEyesOf(release));
  const need = request.policy?.count ?? 1;
  if (have.length === 0) return 'Nobody answered in time';
  if (request.decisions.length > 0 && have.length < need) return `Not approved in time: ${have.length} of ${need}, by ${mentions(have)}`;
  if (have.every((user) => fourEyesOf(release).authors.includes(user))) return `Not approved in time by anybody but who wrote it: ${mentions(have)}`;
  return `${mentions(have)} approved, but CodePipeline’s time ran out before *${plain(request.environment, 60)}* was free`;
}

/** Who said yes, or no; a yes that counts no more is not told. */
export function deciders(request: ApprovalRequest, approves: boolean): string {
  return request.decisions.filter((decision) => decision.approves === approves && !decision.gone).map((decision) => mention(decision.by)).join(', ') || 'nobody';
}

function comments(request: ApprovalRequest, approves: boolean): string {
  const said = request.decisions.filter((decision) => decision.approves === approves && !decision.gone && decision.comment !== undefined && decision.comment !== '');
  return said.map((decision) => `\n> ${plain(decision.comment ?? '', 400)}`).join('');
}

/** Who was faster, as far as AWS tells, and what they said there. */
export function elsewhereWords(request: Pick<ApprovalRequest, 'elsewhere'>): string {
  const who = request.elsewhere?.who === undefined ? '' : ` by ${nameInArn(request.elsewhere.who)}`;
  const said = request.elsewhere?.summary === undefined || request.elsewhere.summary === '' ? '' : `: “${plain(request.elsewhere.summary, 200)}”`;
  return `${who}${said}`;
}

/** Somebody here had decided too, and was slower: a reply tells them once AWS has shown who was faster. */
function lateWords(request: ApprovalRequest): string {
  if (request.elsewhere) return '';
  const late = request.decisions.map((decision) => mention(decision.by));
  return late.length === 0 ? '' : `\n${late.join(', ')} decided here too, but CodePipeline had its answer already.`;
}
