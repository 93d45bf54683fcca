import type { Place } from '../place.ts';
import type { Recipe } from '../recipe.ts';
import { approve } from './approvals.ts';
import { start, stop } from './executions.ts';
import { why } from './failures.ts';
import { first, names, see, verify } from './see.ts';
import { freeTheWay, holdTheWay } from './transitions.ts';
import { abortUpdate, deploy, rollBack } from './versions.ts';

/**
 * Everything that can be done by hand, in the order in which it is likely to be needed. The page in the docs and
 * `jack by-hand` both print these: they differ only in what is filled in.
 */
export function recipesFor(place: Place): readonly Recipe[] {
  const lookUp = place.unknown.length > 0 ? [names] : [];
  const all = [first, ...lookUp, see, rollBack, verify, abortUpdate, holdTheWay, freeTheWay, approve, stop, deploy, start, why];
  return all.map((recipe) => recipe(place)).filter((recipe) => recipe.steps.length > 0);
}

/** What to do in trouble, in this order. */
export const IN_TROUBLE: readonly string[] = [
  'Say in the channel that Jack is away and that you work by hand, so that nobody else does.',
  'Look: what runs, what moves, what waits.',
  'Hold the way in, so that nothing new arrives.',
  'Abort an update that makes it worse.',
  'Roll back to the last good version.',
  'Look at every instance until all is well for some minutes.',
  'Only then look for the cause.',
  'Write down what you did, who agreed, and what you hold. When Jack is back, free what you hold: Jack never opens what it did not close.',
];
