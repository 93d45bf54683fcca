import { isInForce, type Barriers } from '../../domain/barriers/barriers.ts';
import { noted } from './barrier-plan.ts';
import type { BarrierFacts } from './transition.ts';

/** Once the transitions are closed, for each barrier: what had come in before is not held, and is named. */
export function withInside(barriers: Barriers, { transitions, now }: BarrierFacts): Barriers {
  const inside = transitions.flatMap((transition) => transition.inside);
  const releases = inside.filter(({ executionId }, index) => inside.findIndex((one) => one.executionId === executionId) === index);
  return barriers.all.filter((one) => isInForce(one, now)).reduce((so, { id }) => noted(so, id, 'inside', now, { kind: 'inside', releases }), barriers);
}
