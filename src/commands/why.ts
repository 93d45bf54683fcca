import { tellWhy } from '../operations/gates/tell-why.ts';
import { whyReply } from '../views/gates/why.ts';
import { refuseTarget, type Command } from './command.ts';
import { readTarget } from './target.ts';

/** `/deploy why prod`: every gate with ✅ or ❌. Changes nothing. */
export const why: Command = {
  verb: 'why',
  usages: ['/deploy why [<app>] <environment>'],
  says: 'Every gate in front of an environment, open or closed, and who can open it. Changes nothing.',
  async run(words, asking) {
    const target = readTarget(words, asking.known);
    if (!target.ok) return refuseTarget(target.refusal, why);
    return whyReply(await tellWhy(target.value.app, target.value.environment, asking.said.user, asking.world));
  },
};
