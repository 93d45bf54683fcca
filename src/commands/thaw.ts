import { thaw as end } from '../operations/barriers/thaw.ts';
import { thawedReply } from '../views/barriers/barrier-answers.ts';
import { readBarrierTarget } from './barrier-target.ts';
import { refuse, refuseTarget, type Command } from './command.ts';

/** `/deploy thaw prod`: ends what freezes it now. */
export const thaw: Command = {
  verb: 'thaw',
  usages: ['/deploy thaw [<app>] <environment>'],
  says: 'Owners: end the freezes of an environment that are in force. A freeze from jack.yml ends for this time and comes again the next.',
  async run(words, asking) {
    const target = await readBarrierTarget(words, asking);
    if (!target.ok) return refuseTarget(target.refusal, thaw);
    const { app, environment } = target.value;
    const answer = await end({ app, environment, user: asking.said.user, at: asking.said.at }, asking.world);
    return answer.ok ? thawedReply(app, environment, answer.value) : refuse(answer.refusal);
  },
};
