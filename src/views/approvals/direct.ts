import type { ApprovalRequest } from '../../domain/approvals/approval.ts';
import { isStopping } from '../../domain/approvals/stopping.ts';
import type { Release } from '../../domain/release.ts';
import { actions, section } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import { link, plain, revisionWords } from '../words.ts';
import { answerButtons, stoppingWords } from './card.ts';
import { closedWords } from './closed.ts';

/**
 * The direct messages to approvers who are not in the channel, with the same buttons as the card. Once the question is
 * closed they say how, and whoever had none gets none. `thread`: the address of the thread.
 */
export function directMessages(release: Release, thread: string | undefined): readonly WantedMessage[] {
  return release.approvals.flatMap((request) => (request.absent ?? []).map((user) => direct(release, request, user, thread)));
}

function direct(release: Release, request: ApprovalRequest, user: string, thread: string | undefined): WantedMessage {
  const where = `*${plain(release.app, 60)} → ${plain(request.environment, 60)}*`;
  const follow = thread === undefined ? `It is in <#${release.channel}>` : `It is ${link(thread, 'in this thread')} of <#${release.channel}>`;
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
  const text = `:raised_hand: May #${release.number} ${where} go on? Your approval is asked for.`;
  return {
    ...message,
    text,
    blocks: [section(`${text}\n${revisionWords(release.revision)}\n${follow}, where you are not: I tell you here.`), actions(`direct:${request.decisions.length}`, ...answerButtons(release, request))],
  };
}
