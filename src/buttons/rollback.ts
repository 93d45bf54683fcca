import { placeNamed } from '../domain/app.ts';
import { planFor } from '../commands/rollback.ts';
import { refuseGlass } from '../operations/break-glass.ts';
import { planRollback } from '../operations/plan-rollback.ts';
import { neededPasses } from '../operations/gates/refuse-closed.ts';
import { askedThere } from '../operations/questions.ts';
import { requestRelease } from '../operations/request-release.ts';
import { rollingBackReply } from '../views/on-its-way.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** *Roll back* in a thread: shows the plan to the clicker. */
export const rollbackPlan: Button = {
  id: 'rollback.plan',
  where: ['thread'],
  async press({ value, said, world }) {
    const release = await world.store.release(value);
    const place = placeNamed(world.apps.all(), release?.app, release?.environment);
    return place ? planFor(place, { said, world }) : refusalReply({ kind: 'stale-button' });
  },
};

/** The one confirm. The plan is made again: if it has changed it is shown again, and nothing is done. A glass is broken only here: whoever does it has to be an owner now. */
export const rollbackConfirm: Button = {
  id: 'rollback.confirm',
  where: ['ephemeral'],
  async press({ value, said, world }) {
    const asked = await askedThere(value, said.user, world);
    if (asked?.what.kind !== 'rollback') return refusalReply({ kind: 'stale-button' });
    const { app, environment } = asked;
    const reason = asked.reason === undefined ? {} : { reason: asked.reason };
    const glass = asked.what.passes === undefined ? {} : { passes: asked.what.passes };
    const plan = await planRollback(app, environment, asked.what.asked, said.user, world, { ...reason, ...glass });
    if (!plan.ok) return refusalReply(plan.refusal);
    const { target, inFlight, joins } = plan.value;
    const same = target.label === asked.what.target && joins?.number === asked.what.joins && (inFlight !== undefined) === asked.what.inFlight;
    if (!same) return { ...(await planFor({ app, environment, ...(asked.what.asked !== undefined && { asked: asked.what.asked }), ...reason, ...glass }, { said, world }, true)), replaceOriginal: true };
    const request = { app, environment, user: said.user, route: { kind: 'version', label: target.label }, revision: target, purpose: 'rollback', ...reason } as const;
    const needed = await neededPasses({ ...request, passes: asked.what.passes ?? [] }, world);
    const refusal = needed[0] && (await refuseGlass(said.user, needed[0].reason, app, world));
    if (refusal) return refusalReply(refusal);
    const passes = needed.map((pass) => ({ ...pass, at: world.clock.now() }));
    const answer = await requestRelease({ ...request, requestId: `asked:${value}`, ...(passes.length > 0 && { passes }) }, world);
    return answer.ok ? rollingBackReply(answer.value.release, answer.value.how, plan.value.approval) : refusalReply(answer.refusal);
  },
};
