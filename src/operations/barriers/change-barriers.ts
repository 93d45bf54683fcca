import type { AuditFact } from '../../domain/audit.ts';
import { Stale } from '../../domain/faults.ts';
import type { Barriers } from '../../domain/barriers/barriers.ts';
import { no, yes, type Answer, type Refusal } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';

/** Several people and the loop may save at the same moment: the slower one reads again. */
const TRIES = 8;

/** What becomes of the barriers, or why not. `value` is what the caller is told of. */
export type Change<T> =
  | { readonly barriers: Barriers; readonly audit: readonly AuditFact[]; readonly value: T }
  /** It is so already: nothing is saved. */
  | { readonly asItIs: T }
  | { readonly refusal: Refusal };

/** An app's environment, as the operations on locks and freezes name it. */
export interface At {
  readonly app: { readonly name: string };
  readonly environment: { readonly name: string };
}

/**
 * Changes the barriers of an environment compare-and-set, with its audit in the same transaction. `change` is pure and
 * may be called several times, each time with what stands there now.
 */
export async function changeBarriers<T>({ app, environment }: At, change: (barriers: Barriers) => Change<T>, world: World): Promise<Answer<T>> {
  for (let tried = 1; ; tried += 1) {
    const changed = change(await world.store.barriers(app.name, environment.name));
    if ('refusal' in changed) return no(changed.refusal);
    if ('asItIs' in changed) return yes(changed.asItIs);
    try {
      await world.store.saveBarriers(changed.barriers, undefined, { audit: changed.audit });
      return yes(changed.value);
    } catch (error) {
      if (!(error instanceof Stale) || tried === TRIES) throw error;
    }
  }
}
