import { ask } from '../operations/questions.ts';
import { releaseLock, type UnlockWish } from '../operations/barriers/release-lock.ts';
import { cannotStopReply, unlockedReply, unlockQuestionReply } from '../views/barriers/barrier-answers.ts';
import type { Reply } from '../views/reply.ts';
import { readBarrierTarget } from './barrier-target.ts';
import { refuse, refuseTarget, type Asking, type Command } from './command.ts';

/** `/deploy unlock prod`: at once, or first the question what becomes of what waits. */
export const unlock: Command = {
  verb: 'unlock',
  usages: ['/deploy unlock [<app>] <environment>'],
  says: 'End a lock: yours, or as an owner anybody’s. If something waits in front of it, you are asked first. In the lock’s thread: `@Jack unlock`.',
  async run(words, asking) {
    const target = await readBarrierTarget(words, asking);
    if (!target.ok) return refuseTarget(target.refusal, unlock);
    const { app, environment } = target.value;
    return unlockFor({ app, environment, user: asking.said.user, at: asking.said.at }, asking);
  },
};

/** Also behind the *Unlock* buttons. What is asked is bound to exactly the executions that are shown. */
export async function unlockFor(wish: UnlockWish, { said, world }: Pick<Asking, 'said' | 'world'>): Promise<Reply> {
  const { app, environment } = wish;
  const answer = await releaseLock(wish, world);
  if (!answer.ok) return refuse(answer.refusal);
  if (answer.value.kind === 'unlocked') return unlockedReply(app, environment, answer.value);
  if (answer.value.kind === 'cannot-stop') return cannotStopReply(answer.value.executionIds);
  const { lock, waiting } = answer.value;
  const what = { kind: 'unlock', barrier: lock.id, executionIds: waiting.map(({ executionId }) => executionId) } as const;
  const id = await ask({ user: said.user, app: app.name, environment: environment.name, at: world.clock.now(), what }, world);
  return unlockQuestionReply(app, environment, waiting, id, wish.shown !== undefined);
}
