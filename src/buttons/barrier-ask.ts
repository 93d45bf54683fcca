import { inPlaceOf } from '../domain/barriers/in-force.ts';
import { askHolder } from '../operations/barriers/ask-holder.ts';
import { barrierById } from '../operations/barriers/find-barrier.ts';
import { watchLock } from '../operations/barriers/watch-lock.ts';
import { askedReply, keptReply, watchedReply } from '../views/barriers/barrier-answers.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** *Ask* the holder whether they still need it. */
export const barrierAsk: Button = {
  id: 'barrier.ask',
  where: ['thread', 'ephemeral'],
  async press({ value, said, world }) {
    const answer = await askHolder(value, said.user, world);
    return answer.ok ? askedReply(answer.value.lock, answer.value.asked) : refusalReply(answer.refusal);
  },
};

/** *Tell me when it is free*. */
export const barrierWatch: Button = {
  id: 'barrier.watch',
  where: ['thread', 'ephemeral'],
  async press({ value, said, world }) {
    const answer = await watchLock(value, said.user, world);
    return answer.ok ? watchedReply(answer.value) : refusalReply(answer.refusal);
  },
};

/** *Keep it* under the question whether a lock is still needed: nothing changes. */
export const barrierKeep: Button = {
  id: 'barrier.keep',
  where: ['thread'],
  async press({ value, said, world }) {
    const found = await barrierById(value, world);
    if (!found) return refusalReply({ kind: 'stale-button' });
    const { app, environment, barriers } = found;
    const barrier = inPlaceOf(value, barriers, world.clock.now());
    if (!barrier) return refusalReply({ kind: 'not-locked', app: app.name, environment: environment.name });
    return barrier.by === said.user ? keptReply(barrier) : refusalReply({ kind: 'not-yours', app: app.name, environment: environment.name, lock: barrier, owners: app.people.owners });
  },
};
