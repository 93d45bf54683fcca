import { cancelRelease } from '../operations/cancel-release.ts';
import { watchTurn } from '../operations/watch-turn.ts';
import { leavingReply, watchingReply } from '../views/on-its-way.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** *Leave the queue*: the wish to cancel, as long as nothing has gone in. */
export const leaveQueue: Button = {
  id: 'queue.leave',
  where: ['thread'],
  async press({ value, said, world }) {
    const answer = await cancelRelease(value, said.user, world, 'queued');
    return answer.ok ? leavingReply(answer.value) : refusalReply(answer.refusal);
  },
};

/** *Tell me when it is my turn*. */
export const watchQueue: Button = {
  id: 'queue.watch',
  where: ['thread'],
  async press({ value, said, world }) {
    const answer = await watchTurn(value, said.user, world);
    return answer.ok ? watchingReply(answer.value) : refusalReply(answer.refusal);
  },
};
