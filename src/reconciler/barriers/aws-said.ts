import { isInForce, type Barrier, type BarrierNoteKind, type Barriers } from '../../domain/barriers/barriers.ts';
import type { Time } from '../../domain/observation.ts';
import { noted } from './barrier-plan.ts';
import { isAt } from './transition.ts';

type AwsSaid = Extract<BarrierNoteKind, { readonly kind: 'refused-by-aws' | 'allowed-by-aws' }>;

/** AWS's no is told in the barrier's thread, once until it says yes. */
export function withNo(barriers: Barriers, id: string | undefined, now: Time, no: Extract<AwsSaid, { kind: 'refused-by-aws' }>): Barriers {
  const barrier = barriers.all.find((one) => one.id === id);
  const before = barrier ? saidBefore(barrier, no) : [];
  return before.at(-1)?.kind === 'refused-by-aws' ? barriers : noted(barriers, id, keyOf('refused', no, before.length), now, no);
}

/** AWS's yes is told wherever its no was the last word; a way that could not be closed matters to nobody any more once the barrier is over. */
export function withYes(barriers: Barriers, now: Time, yes: Extract<AwsSaid, { kind: 'allowed-by-aws' }>): Barriers {
  return barriers.all.reduce((so, barrier) => {
    const before = saidBefore(barrier, yes);
    if (before.at(-1)?.kind !== 'refused-by-aws' || (yes.what === 'hold' && !isInForce(barrier, now))) return so;
    return noted(so, barrier.id, keyOf('allowed', yes, before.length), now, yes);
  }, barriers);
}

function saidBefore({ notes }: Barrier, about: AwsSaid): readonly AwsSaid[] {
  const said = notes.flatMap(({ what }) => (what.kind === 'refused-by-aws' || what.kind === 'allowed-by-aws' ? [what] : []));
  return said.filter((one) => one.what === about.what && isAt(one, about));
}

function keyOf(said: string, { what, pipeline, stage }: AwsSaid, before: number): string {
  return `${said}:${what}:${pipeline}/${stage}${before > 1 ? `:${before}` : ''}`;
}
