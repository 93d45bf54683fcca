import { barrierById } from '../operations/barriers/find-barrier.ts';
import { thaw } from '../operations/barriers/thaw.ts';
import { thawedReply } from '../views/barriers/barrier-answers.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** *Thaw* in a freeze's thread: that freeze alone. */
export const barrierThaw: Button = {
  id: 'barrier.thaw',
  where: ['thread'],
  async press({ value, said, world }) {
    const found = await barrierById(value, world);
    if (found?.barrier.kind !== 'freeze') return refusalReply({ kind: 'stale-button' });
    const { app, environment } = found;
    const answer = await thaw({ app, environment, user: said.user, at: said.at, barrier: value }, world);
    return answer.ok ? thawedReply(app, environment, answer.value) : refusalReply(answer.refusal);
  },
};
