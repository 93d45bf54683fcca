import { barrierIn, isInForce, type Barrier, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import { passesAll, passKey } from '../../domain/barriers/pass-key.ts';
import type { App, Environment } from '../../domain/app.ts';
import { holderOf, type Effect } from '../../domain/effect.ts';
import type { DisabledTransition, Time } from '../../domain/observation.ts';
import type { Pass, Release } from '../../domain/release.ts';

/** The way into one stage that deploys to the environment, as it is now. */
export interface Transition {
  readonly pipeline: string;
  readonly stage: string;
  /** Absent while it is open. */
  readonly disabled?: DisabledTransition;
  /** Who last opened or closed it, where AWS tells; read only where it is found open and should not be. */
  readonly changedBy?: string;
  readonly waiting: readonly AtTransition[];
  readonly inside: readonly AtTransition[];
}

/** An execution in front of the stage, or in it. */
export interface AtTransition {
  readonly executionId: string;
  readonly number?: number;
  /** Its open approval for this environment. */
  readonly approvalId?: string;
  /** Inside: the stage asks for an approval, and Jack does not know the request yet. */
  readonly asks?: true;
  /** Its deployment to this environment has begun and is not over. */
  readonly deploying?: true;
  /** Raw; views escape and cut it. */
  readonly what: string;
  /** Gates that an owner let its release pass. */
  readonly passes?: readonly Pass[];
}

/** Everything that a plan for the barriers of one environment is made from. */
export interface BarrierFacts {
  readonly app: App;
  readonly environment: Environment;
  readonly now: Time;
  readonly transitions: readonly Transition[];
  /** The app's releases that are not over. */
  readonly open: readonly Release[];
  /** Releases whose hold stands at a transition. */
  readonly holders: readonly Release[];
  /** Barriers of other environments that one of these transitions leads to as well. */
  readonly neighbours: readonly Barriers[];
}

/** Why a transition is closed. `ours`: for a barrier in force; `ended`: for one that is over; `release`: for a release of Jack's. */
export type Bar =
  | { readonly kind: 'open' }
  | { readonly kind: 'ours' | 'ended'; readonly barrier: Barrier; readonly own: boolean }
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'foreign'; readonly disabled: DisabledTransition };

/** By the id in the reason alone Jack knows its own; an id that it does not know is foreign. */
export function barOf(transition: Transition, barriers: Barriers, facts: BarrierFacts): Bar {
  const { disabled } = transition;
  if (!disabled) return { kind: 'open' };
  const id = barrierIn(disabled.reason);
  const own = barriers.all.find((one) => one.id === id);
  const barrier = own ?? facts.neighbours.flatMap(({ all }) => all).find((one) => one.id === id);
  if (barrier) return { kind: isInForce(barrier, facts.now) ? 'ours' : 'ended', barrier, own: own !== undefined };
  const number = holderOf(disabled.reason);
  const release = facts.holders.find((one) => one.number === number && disabled.reason.endsWith(`(hold ${one.id})`));
  return release ? { kind: 'release', release } : { kind: 'foreign', disabled };
}

/** Whether an owner let it pass each of these. */
export function isLetPassBy(barriers: readonly Barrier[], environment: string, { passes }: AtTransition): boolean {
  return barriers.every((one) => passesAll([passKey(one, environment)], one.kind, passes));
}

export function isAt(place: { readonly pipeline: string; readonly stage: string }, transition: { readonly pipeline: string; readonly stage: string }): boolean {
  return place.pipeline === transition.pipeline && place.stage === transition.stage;
}

export function holdAt(barriers: Barriers, transition: Pick<Transition, 'pipeline' | 'stage'>): BarrierHold | undefined {
  return barriers.holds.find((hold) => isAt(hold, transition));
}

/** The same with this hold in the place of what was known of the transition; undefined: Jack holds nothing there. */
export function withHoldAt(barriers: Barriers, transition: Pick<Transition, 'pipeline' | 'stage'>, hold: BarrierHold | undefined): Barriers {
  const at = barriers.holds.findIndex((one) => isAt(one, transition));
  if (at < 0) return hold ? { ...barriers, holds: [...barriers.holds, hold] } : barriers;
  return { ...barriers, holds: barriers.holds.flatMap((one, index) => (index !== at ? [one] : hold ? [hold] : [])) };
}

/** Whether the release has decided on this change of the transition, and nobody knows yet whether it has happened. */
export function intends(release: Release, kind: 'hold-transition' | 'free-transition', transition: Pick<Transition, 'pipeline' | 'stage'>): boolean {
  const effect: Effect | undefined = release.intent?.effect;
  return effect?.kind === kind && isAt(effect, transition);
}
