import { unlockFor } from '../commands/unlock.ts';
import { barrierById } from '../operations/barriers/find-barrier.ts';
import { askedThere } from '../operations/questions.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Reply } from '../views/reply.ts';
import type { Button, Click } from './button.ts';

/** *Unlock* in a lock's thread: at once, or first the question what becomes of what waits. */
export const barrierUnlock: Button = {
  id: 'barrier.unlock',
  where: ['thread', 'direct', 'ephemeral'],
  async press({ value, said, world }) {
    const found = await barrierById(value, world);
    if (found?.barrier.kind !== 'lock') return refusalReply({ kind: 'stale-button' });
    return unlockFor({ app: found.app, environment: found.environment, user: said.user, at: said.at, barrier: value }, { said, world });
  },
};

/** What was shown flows in. */
export const barrierUnlockLetIn: Button = { id: 'barrier.unlock-let-in', where: ['ephemeral'], press: (click) => confirm(click, 'let-in') };

/** What was shown is stopped. */
export const barrierUnlockStop: Button = { id: 'barrier.unlock-stop', where: ['ephemeral'], press: (click) => confirm(click, 'stop') };

/** It is looked again: if something else waits, it is asked again, and nothing is done. */
async function confirm({ value, said, world }: Click, becomes: 'let-in' | 'stop'): Promise<Reply> {
  const asked = await askedThere(value, said.user, world);
  if (asked?.what.kind !== 'unlock') return refusalReply({ kind: 'stale-button' });
  const { app, environment, what: { barrier, executionIds } } = asked;
  const reply = await unlockFor({ app, environment, user: said.user, at: said.at, barrier, shown: { executionIds, becomes } }, { said, world });
  return reply.refusal ? reply : { ...reply, replaceOriginal: true };
}
