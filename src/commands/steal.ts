import { lookAtSteal } from '../operations/barriers/steal-lock.ts';
import { ask } from '../operations/questions.ts';
import { USUAL_MS } from '../operations/barriers/barrier-wish.ts';
import { stealQuestionReply } from '../views/barriers/barrier-answers.ts';
import { readBarrierTarget } from './barrier-target.ts';
import { refuse, refuseTarget, type Command } from './command.ts';

/** `/deploy steal prod`: shows whose lock it is, and one confirm takes it over. */
export const steal: Command = {
  verb: 'steal',
  usages: ['/deploy steal [<app>] <environment> [reason…] [for 2h | until 18:00]'],
  says: 'Owners: take a lock over from its holder, who is told. One click confirms.',
  async run(words, asking) {
    const target = await readBarrierTarget(words, asking);
    if (!target.ok) return refuseTarget(target.refusal, steal);
    const { said, world } = asking;
    const { app, environment, reason, until = said.at + USUAL_MS } = target.value;
    const lock = await lookAtSteal({ app, environment, user: said.user }, world);
    if (!lock.ok) return refuse(lock.refusal);
    const what = { kind: 'steal', barrier: lock.value.id, until } as const;
    const id = await ask({ user: said.user, app: app.name, environment: environment.name, at: world.clock.now(), what, ...(reason !== undefined && { reason }) }, world);
    return stealQuestionReply(app, environment, { lock: lock.value, until, ...(reason !== undefined && { reason }) }, id);
  },
};
