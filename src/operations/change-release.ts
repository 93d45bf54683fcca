import { Stale } from '../domain/faults.ts';
import { no, yes, type Answer, type Refusal } from '../domain/refusal.ts';
import type { Release } from '../domain/release.ts';
import type { Also, World } from '../ports.ts';

/** Two people and the loop may save at the same moment: the slower one reads again. */
const TRIES = 6;

/**
 * Changes a release compare-and-set, and makes its work due. `change` is pure and may be called several times; it
 * answers with the changed release, or with the refusal that what it found there demands. `also`: what is written in
 * the same transaction, made from the two.
 */
export async function changeRelease(
  id: string,
  change: (release: Release) => Release | { readonly refusal: Refusal },
  world: World,
  also?: (before: Release, after: Release) => Also,
): Promise<Answer<Release>> {
  for (let tried = 1; ; tried += 1) {
    const release = await world.store.release(id);
    if (!release) return no({ kind: 'unknown-release', asked: id });
    const changed = change(release);
    if ('refusal' in changed) return no(changed.refusal);
    try {
      const saved = changed === release ? release : await world.store.saveRelease(changed, undefined, also?.(release, changed));
      await world.store.nudge(`release:${id}`, world.clock.now());
      return yes(saved);
    } catch (error) {
      if (!(error instanceof Stale) || tried === TRIES) throw error;
    }
  }
}
