import type { App } from '../../domain/app.ts';
import { barrierIn, type Barriers } from '../../domain/barriers/barriers.ts';
import type { Intent } from '../../domain/effect.ts';
import { Fault } from '../../domain/faults.ts';
import type { EffectCall, EffectResult } from '../../ports.ts';
import type { Run } from '../reconcile.ts';
import type { BarrierPlan } from './barrier-plan.ts';
import { factOfTransition, takeInTransition } from './take-in-transition.ts';

/** Writes the decision down before the call. */
export function writeDown(barriers: Barriers, { effect, by }: NonNullable<BarrierPlan['effect']>, { world, claim }: Run): Promise<Barriers> {
  const intent: Intent = { effect, t0: world.clock.now(), ...(by !== undefined && { by }) };
  return world.store.saveBarriers({ ...barriers, intent }, claim);
}

/**
 * Makes the change that is written down. After a crash it is looked for; what has not happened is not made late, but
 * decided on anew: something else may wait in front of the stage by now. Throws a fault, to come back, while AWS is busy.
 */
export async function settleTransition(barriers: Barriers, app: App, run: Run & { readonly recovering: boolean }): Promise<Barriers> {
  const { intent, ...without } = barriers;
  if (!intent) return barriers;
  const { world, claim, log } = run;
  const call = callOf(intent);
  const result = run.recovering ? await world.aws.findEffect(app, intent.effect, call) : await performOnce(app, intent, call, run);
  log.info({ app: app.name, environment: barriers.environment, effect: intent.effect.kind, result: result?.kind ?? 'not found' }, 'a way into a stage');
  if (!result) return world.store.saveBarriers(without, claim);
  const now = world.clock.now();
  const saved = await world.store.saveBarriers(takeInTransition(barriers, intent, result, now), claim, { audit: factOfTransition(barriers, intent, result, { at: now, found: run.recovering }) });
  if (result.kind === 'busy') throw new Fault(result.text, { retryable: true });
  return saved;
}

/** What is forbidden for good is AWS's no. */
async function performOnce(app: App, intent: Intent, call: EffectCall, { world, claim }: Run): Promise<EffectResult> {
  await world.store.checkClaim(claim);
  try {
    return await world.aws.perform(app, intent.effect, call);
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.retryable || fault.unknownOutcome) throw fault;
    return { kind: 'refused', text: fault.message };
  }
}

function callOf({ effect, t0, by }: Intent): EffectCall {
  const id = 'reason' in effect ? barrierIn(effect.reason) : undefined;
  return { t0, token: `jack-${id ?? 'barrier'}`, ...(by !== undefined && { by }) };
}
