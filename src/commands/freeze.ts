import { freeze as declare } from '../operations/barriers/freeze.ts';
import { frozenReply } from '../views/barriers/barrier-answers.ts';
import { readBarrierTarget } from './barrier-target.ts';
import { refuse, refuseTarget, type Command } from './command.ts';

/** `/deploy freeze prod until 2026-12-27 08:00 Christmas`: a time in which nothing goes. */
export const freeze: Command = {
  verb: 'freeze',
  usages: ['/deploy freeze [<app>] <environment> [until 18:00 | for 2h] [reason…]'],
  says: 'Owners: let nothing into an environment, from now on. It lasts 24 hours unless you say another time, and 30 days at most. Freezes that come again stand in jack.yml.',
  async run(words, asking) {
    const target = await readBarrierTarget(words, asking);
    if (!target.ok) return refuseTarget(target.refusal, freeze);
    const answer = await declare({ ...target.value, user: asking.said.user, at: asking.said.at }, asking.world);
    return answer.ok ? frozenReply(target.value.app, target.value.environment, answer.value, target.value.said) : refuse(answer.refusal);
  },
};
