import type { ApprovalRequest } from '../../domain/approvals/approval.ts';
import { isStopping } from '../../domain/approvals/stopping.ts';
import type { Release } from '../../domain/release.ts';
import { actions, section } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import { dateAndClock, link, listed, mention, plain } from '../words.ts';
import { answerButtons, conditionBlocks, shipsWords, sinceWords, stoppingWords, wish } from './card.ts';
import { closedWords } from './closed.ts';

/**
 * The direct messages to approvers who are not in the channel, with the same buttons as the card. Once the question is
 * closed they say how, and whoever had none gets none. Whoever is to be reminded is so here: the thread's mention does not
 * reach them. `thread`: the address of the thread.
 */
export function directMessages(release: Release, thread: string | undefined): readonly WantedMessage[] {
  return release.approvals.flatMap((request) => (request.absent ?? []).flatMap((user) => [direct(release, request, user, thread), ...reminder(release, request, user)]));
}

function direct(release: Release, request: ApprovalRequest, user: string, thread: string | undefined): WantedMessage {
  const where = `*${plain(release.app, 60)} → ${plain(request.environment, 60)}*`;
  const follow = thread === undefined ? `It is told in <#${release.channel}>` : `It is told in ${link(thread, 'this thread')} of <#${release.channel}>`;
  const message = { key: `dm:approval:${request.id}:${user}`, channel: user, place: 'root' } as const;
  if (request.state !== 'open') {
    const text = `#${release.number} ${where}: ${closedWords(release, request)}`;
    return { ...message, onlyEdit: true, text, blocks: [section(`${text}\n${follow}.`)] };
  }
  if (isStopping(release) && request.approvalAction) {
    const text = `#${release.number}: ${stoppingWords(release, request)}`;
    const buttons = answerButtons(release, request);
    return { ...message, onlyEdit: true, text, blocks: [section(`${text}\n${follow}.`), ...(buttons.length === 0 ? [] : [actions(`direct:stopping:${request.decisions.length}`, ...buttons)])] };
  }
  const text = `:raised_hand: May #${release.number} ${where} ${wish(release)}? Your approval is asked for.`;
  const asked = release.requesters.length === 0 ? [] : [`asked by ${listed(release.requesters.slice(0, 10).map((requester) => mention(requester.user)))}`];
  return {
    ...message,
    text,
    blocks: [section(`${text}\n${shipsWords(release)}${sinceWords(release, request)}\n${follow}, where you are not; you can answer here.`), ...conditionBlocks(release, request, asked), actions(`direct:${request.decisions.length}`, ...answerButtons(release, request))],
  };
}

/** Under the question, which has the buttons. */
function reminder(release: Release, request: ApprovalRequest, user: string): readonly WantedMessage[] {
  if (!release.notes.some(({ what }) => what.kind === 'reminder' && what.approvalId === request.id)) return [];
  const which = `#${release.number} *${plain(release.app, 60)} → ${plain(request.environment, 60)}*`;
  const message = { key: `dm:reminder:${request.id}:${user}`, channel: user, place: 'root' } as const;
  const isOpen = request.state === 'open' && !isStopping(release) && !request.decisions.some(({ by, gone }) => by === user && !gone) && !release.requesters.some((requester) => requester.user === user);
  const until = request.expiresAt === undefined ? '' : ` until ${dateAndClock(request.expiresAt)}`;
  const text = isOpen ? `:bell: ${which} still waits for an answer${until}. The buttons are above.` : `:bell: A reminder stood here; what it was about, ${which}, is told above.`;
  return [{ ...message, ...(!isOpen && { onlyEdit: true }), text, blocks: [section(text)] }];
}
