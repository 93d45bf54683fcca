import type { Mishap } from '../account.ts';
import { buildMishaps } from './build-mishaps.ts';
import { deployMishaps } from './deploy/index.ts';

/** Everything that can be made to go wrong, in the order of the page's switches. */
export const mishaps: readonly Mishap[] = [...buildMishaps, ...deployMishaps];
