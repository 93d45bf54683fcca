import { ControlError } from '../../control/route.ts';
import type { ArmedMishap, Mishap, MishapBoard, MishapKind } from '../account.ts';

/** Which of the known mishaps wait for their place. Knows nothing of what they do. */
export function mishapBoard(known: readonly Mishap[]): MishapBoard {
  const armed = new Map<string, ArmedMishap>();
  const listeners: ((mishap: Mishap, place: string, isArmed: boolean) => void)[] = [];
  const named = (id: string): Mishap => {
    const mishap = known.find((candidate) => candidate.id === id);
    if (!mishap) throw new ControlError(`There is no mishap ${id}. Known: ${known.map((candidate) => candidate.id).join(', ')}`);
    return mishap;
  };
  return {
    take(kind: MishapKind, place: string): Mishap | undefined {
      const found = [...armed.values()].find((candidate) => candidate.place === place && named(candidate.id).kind === kind);
      if (!found) return undefined;
      const left = found.times === undefined ? undefined : found.times - 1;
      if (left === 0) armed.delete(keyOf(found.id, place));
      else if (left !== undefined) armed.set(keyOf(found.id, place), { ...found, times: left });
      return named(found.id);
    },
    list: () => [...armed.values()],
    arm(mishap) {
      const known = named(mishap.id);
      armed.set(keyOf(mishap.id, mishap.place), mishap);
      for (const told of listeners) told(known, mishap.place, true);
    },
    disarm(id, place) {
      const known = named(id);
      if (armed.delete(keyOf(id, place))) for (const told of listeners) told(known, place, false);
    },
    onArm(told) {
      listeners.push(told);
    },
  };
}

function keyOf(id: string, place: string): string {
  return `${id}@${place}`;
}
