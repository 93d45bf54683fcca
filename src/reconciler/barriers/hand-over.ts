import type { App } from '../../domain/app.ts';
import type { Effect } from '../../domain/effect.ts';
import { Fault } from '../../domain/faults.ts';
import type { EffectResult, World } from '../../ports.ts';
import { isClosed } from './barrier-plan.ts';
import { isAt } from './transition.ts';
import { behind } from './look-at-transitions.ts';

/**
 * What a release's hold is worth to the barriers, asked when its change of a transition is written down and before it is made.
 * A transition is not opened while a barrier is in force behind it: the barrier takes the hold over, and no moment is between.
 * Throws a fault, to come back, while a barrier's own hold is just being opened. Undefined: nothing is in the way.
 */
export async function yieldedToBarriers(app: App, effect: Effect, world: World): Promise<EffectResult | undefined> {
  if (effect.kind !== 'hold-transition' && effect.kind !== 'free-transition') return undefined;
  for (const name of behind(effect, app)) {
    const barriers = await world.store.barriers(app.name, name);
    if (effect.kind === 'free-transition' && isClosed(barriers, { app, now: world.clock.now() })) return { kind: 'overtaken', text: `a lock or freeze of ${name} holds it now` };
    const opening = barriers.intent?.effect;
    if (effect.kind === 'hold-transition' && opening?.kind === 'free-transition' && isAt(opening, effect)) throw new Fault(`the way into ${effect.stage} of ${effect.pipeline} is just being opened`, { retryable: true });
  }
  return undefined;
}
