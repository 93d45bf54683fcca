import type { Pass, Release } from '../release.ts';
import { ranOut, type ApprovalRequest } from './approval.ts';

/** CodePipeline's longest summary, in UTF-16 units. */
const SUMMARY_MAX = 512;
const CUT = '…';

/**
 * Ends every summary that Jack gives to CodePipeline. The same person may say the same words to the same release twice,
 * where its stage was retried: only the id of the question tells the two answers apart.
 */
export function summaryTail(number: number, approvalId: string): string {
  return ` (Jack release ${number}, ${approvalMark(approvalId)})`;
}

/** Whether these words are Jack's answer to this question. */
export function isMarked(summary: string, approvalId: string): boolean {
  return summary.endsWith(`, ${approvalMark(approvalId)})`);
}

/** Whether it reads like an answer of Jack's, to whatever question: another release may follow the same execution. Anybody can write such words. */
export function readsMarked(summary: string): boolean {
  return /\(Jack release \d+, approval [0-9a-f]{8}\)$/.test(summary);
}

function approvalMark(approvalId: string): string {
  return `approval ${approvalId.slice(0, 8)}`;
}

/**
 * Who decided and for which release: the console and CodePipeline's history show it. All names come before any words
 * are cut, and the words share what is left.
 */
export function summaryOf(release: Pick<Release, 'number'>, request: ApprovalRequest): string {
  const tail = summaryTail(release.number, request.id);
  if (request.brokenGlass) return glassWords(request.brokenGlass, tail);
  const said = request.decisions.filter(({ gone }) => !gone).map(({ approves, name, by, comment }) => ({ who: `${approves ? 'Approved' : 'Rejected'} by ${name === undefined ? '' : `${name} `}(Slack ${by})`, comment: comment ?? '' }));
  const end = `${late(request, said.length)}${tail}`;
  const commented = said.filter(({ comment }) => comment !== '').length;
  const names = said.map(({ who }) => who).join('; ').length;
  const share = commented === 0 ? 0 : Math.floor((SUMMARY_MAX - end.length - names) / commented) - 2;
  const all = said.map(({ who, comment }) => (comment === '' || share < 2 ? who : `${who}: ${cutTo(comment, share)}`)).join('; ');
  return cutTo(all, SUMMARY_MAX - end.length) + end;
}

function late(request: ApprovalRequest, said: number): string {
  if (said === 0) return ranOut(request) ? 'Nobody answered in the time that the policy gives' : 'Nobody answered';
  return ranOut(request) ? ', and not enough others in the time that the policy gives' : '';
}

function glassWords({ by, reason }: Pass, tail: string): string {
  return cutTo(`Break glass by Slack ${by}: ${reason}`, SUMMARY_MAX - tail.length) + tail;
}

/** At most so many UTF-16 units, and no character in halves. */
function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length + CUT.length > most) break;
    kept += character;
  }
  return kept + CUT;
}
