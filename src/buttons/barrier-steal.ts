import { barrierById } from '../operations/barriers/find-barrier.ts';
import { stealLock } from '../operations/barriers/steal-lock.ts';
import { askedThere } from '../operations/questions.ts';
import { stolenReply } from '../views/barriers/barrier-answers.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** *Steal* beside a lock; Slack's own dialog is the confirm. */
export const barrierSteal: Button = {
  id: 'barrier.steal',
  where: ['thread', 'direct', 'ephemeral'],
  async press({ value, said, world }) {
    const found = await barrierById(value, world);
    if (found?.barrier.kind !== 'lock') return refusalReply({ kind: 'stale-button' });
    const { app, environment } = found;
    const answer = await stealLock({ app, environment, user: said.user, barrier: value }, world);
    if (!answer.ok) return refusalReply(answer.refusal);
    const { replaceOriginal: _inThread, ...reply } = stolenReply(app, environment, answer.value);
    return reply;
  },
};

/** The confirm of `/deploy steal`. */
export const barrierStealConfirm: Button = {
  id: 'barrier.steal-confirm',
  where: ['ephemeral'],
  async press({ value, said, world }) {
    const asked = await askedThere(value, said.user, world);
    if (asked?.what.kind !== 'steal') return refusalReply({ kind: 'stale-button' });
    const { app, environment, reason, what: { barrier, until } } = asked;
    const answer = await stealLock({ app, environment, user: said.user, barrier, ...(until !== undefined && { until }), ...(reason !== undefined && { reason }) }, world);
    return answer.ok ? stolenReply(app, environment, answer.value) : refusalReply(answer.refusal);
  },
};
