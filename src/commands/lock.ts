import { takeLock } from '../operations/barriers/take-lock.ts';
import { lockedReply } from '../views/barriers/barrier-answers.ts';
import { readBarrierTarget } from './barrier-target.ts';
import { refuse, refuseTarget, type Command } from './command.ts';

/** `/deploy lock prod migration for 2h`: one person holds the environment. */
export const lock: Command = {
  verb: 'lock',
  usages: ['/deploy lock [<app>] <environment> <reason> [for 2h | until 18:00]'],
  says: 'Keep everybody else’s releases out of an environment, pushes too. It lasts 24 hours unless you say `for 2h`, `until 18:00` or `until 2026-12-27 08:00`, and 30 days at most. Again: a new time or reason.',
  async run(words, asking) {
    const target = await readBarrierTarget(words, asking);
    if (!target.ok) return refuseTarget(target.refusal, lock);
    const answer = await takeLock({ ...target.value, user: asking.said.user, at: asking.said.at }, asking.world);
    return answer.ok ? lockedReply(target.value.app, target.value.environment, answer.value, target.value.said) : refuse(answer.refusal);
  },
};
