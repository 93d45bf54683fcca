import { letIn, stopWaiting, type LetInWish } from '../operations/barriers/let-in.ts';
import { cannotStopReply, letInReply, stopWaitingReply } from '../views/barriers/barrier-answers.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button, Click } from './button.ts';

/** *Let it in*: the lock or freeze is over, and what waited in front of it flows in. */
export const barrierLetIn: Button = {
  id: 'barrier.let-in',
  where: ['thread'],
  async press(click) {
    const answer = await letIn(wishOf(click), click.world);
    return answer.ok ? letInReply(answer.value.length) : refusalReply(answer.refusal);
  },
};

/** *Stop it*: what waited is cancelled instead. */
export const barrierStopWaiting: Button = {
  id: 'barrier.stop-waiting',
  where: ['thread'],
  async press(click) {
    const answer = await stopWaiting(wishOf(click), click.world);
    if (!answer.ok) return refusalReply(answer.refusal);
    return answer.value.unknown.length > 0 ? cannotStopReply(answer.value.unknown) : stopWaitingReply(answer.value.numbers);
  },
};

function wishOf({ value, said }: Click): LetInWish {
  const ts = said.what.kind === 'button' ? said.what.messageTs : undefined;
  return { barrier: value, user: said.user, ...(ts !== undefined && { message: { channel: said.channel, ts } }) };
}
