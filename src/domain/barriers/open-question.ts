import type { Principal } from '../app.ts';
import type { Time } from '../observation.ts';
import { isInForce, lastOver, type Barrier, type Barriers } from './barriers.ts';

/** Who is asked what becomes of what a barrier that is over held; undefined: the owners. */
export function whoIsAsked({ by, ended }: Pick<Barrier, 'by' | 'ended'>): Principal | undefined {
  return ended?.by ?? (by === 'jack.yml' ? undefined : by);
}

/** Something waits for a yes since the last lock or freeze is over. */
export interface OpenQuestion {
  /** Absent: the owners are asked. */
  readonly by?: Principal;
  /** So many executions and releases. */
  readonly count: number;
}

/** What is asked in front of an environment now; undefined: nothing, or something is in force. */
export function openQuestion({ all, holds, kept }: Barriers, now: Time): OpenQuestion | undefined {
  if (all.some((one) => isInForce(one, now) && one.id !== kept?.despite)) return undefined;
  const atTransitions = holds.flatMap(({ asked = [], agreed = [] }) => asked.filter((id) => !agreed.includes(id)));
  const count = new Set([...atTransitions, ...(kept?.asked ?? [])]).size;
  const last = lastOver(all);
  if (count === 0 || !last) return undefined;
  const by = whoIsAsked(last);
  return { count, ...(by !== undefined && { by }) };
}
