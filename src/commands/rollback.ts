import type { App, Environment } from '../domain/app.ts';
import type { Pass } from '../domain/release.ts';
import { planRollback } from '../operations/plan-rollback.ts';
import { ask } from '../operations/questions.ts';
import type { Reply } from '../views/reply.ts';
import { rollbackPlanReply } from '../views/rollback-plan.ts';
import { refuse, refuseTarget, type Asking, type Command } from './command.ts';
import { refuseNotBuilt } from './not-built.ts';
import { readTarget, type Known } from './target.ts';

/** `/rollback prod`: a plan that only the caller sees, and one confirm. */
export const rollback: Command = {
  verb: 'rollback',
  usages: ['/rollback [<app>] [<environment>] [@<version>] [reason…]'],
  says: 'Go back to the last version that was live and verified, or to the one named. Shows a plan first; one click confirms.',
  async run(words, asking) {
    const target = readTarget(withEnvironment(words, asking.known), asking.known);
    if (!target.ok) return refuseTarget(target.refusal, rollback);
    const notBuilt = refuseNotBuilt(words);
    if (notBuilt) return refuse(notBuilt);
    const { app, environment, revision, reason } = target.value;
    return planFor({ app, environment, ...(revision !== undefined && { asked: revision }), ...(reason !== undefined && { reason }) }, asking);
  },
};

/** Left out, the environment is the last one in promotion order: production. */
function withEnvironment(words: readonly string[], known: Known): readonly string[] {
  const here = known.here.length === 1 ? known.here[0] : undefined;
  const named = known.apps.find((app) => app.name.toLowerCase() === words[0]?.toLowerCase());
  const bare = words.length === 0 || words[0]?.startsWith('@');
  if (here && bare) return [here.environments.at(-1)?.name ?? '', ...words];
  const onlyApp = named && (words.length === 1 || words[1]?.startsWith('@'));
  return onlyApp && !here?.environments.some((environment) => environment.name === words[0]) ? [named.name, named.environments.at(-1)?.name ?? '', ...words.slice(1)] : words;
}

/** The plan, and the question behind its button. Also used by the *Roll back* buttons. */
export async function planFor(
  wanted: { readonly app: App; readonly environment: Environment; readonly asked?: string; readonly reason?: string; readonly passes?: readonly Pass[] },
  { said, world }: Pick<Asking, 'said' | 'world'>,
  redrawn = false,
): Promise<Reply> {
  const { app, environment, asked, reason, passes } = wanted;
  const plan = await planRollback(app, environment, asked, said.user, world, { ...(reason !== undefined && { reason }), ...(passes && { passes }) });
  if (!plan.ok) return refuse(plan.refusal);
  const what = { kind: 'rollback', target: plan.value.target.label, inFlight: plan.value.inFlight !== undefined, ...(asked !== undefined && { asked }), ...(passes && { passes }), ...(plan.value.joins && { joins: plan.value.joins.number }) } as const;
  const id = await ask({ user: said.user, app: app.name, environment: environment.name, at: world.clock.now(), what, ...(reason !== undefined && { reason }) }, world);
  return rollbackPlanReply({ ...plan.value, passed: (passes ?? []).map(({ gate }) => gate) }, id, redrawn);
}
