import { chooseRevision } from '../operations/choose-revision.ts';
import { tellWhy } from '../operations/gates/tell-why.ts';
import { whyReply } from '../views/gates/why.ts';
import { refuse, refuseTarget, type Command } from './command.ts';
import { readTarget } from './target.ts';

/** `/deploy why prod`: every gate with ✅ or ❌. Changes nothing. */
export const why: Command = {
  verb: 'why',
  usages: ['/deploy why [<app>] <environment>[@<revision>]'],
  says: 'Every gate in front of an environment, open or closed, and who can open it; for the newest revision, or for the one named. Changes nothing.',
  async run(words, asking) {
    const target = readTarget(words, asking.known);
    if (!target.ok) return refuseTarget(target.refusal, why);
    const { app, environment, revision } = target.value;
    const { said, world } = asking;
    if (revision === undefined) return whyReply(await tellWhy(app, environment, said.user, world));
    const choice = await chooseRevision(app, environment, revision, world);
    if (choice.kind === 'refused') return refuse(choice.refusal);
    return whyReply(await tellWhy(app, environment, said.user, world, { asked: revision, route: choice.route, revision: choice.revision, ...(choice.caution && { also: choice.caution.environments }) }));
  },
};
