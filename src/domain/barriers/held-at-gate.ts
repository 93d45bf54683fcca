import { isOver, type Release } from '../release.ts';

/** Open releases that the lock or the freeze of this environment keeps from going on, and that nobody cancels: they go on by themselves when it is over. */
export function heldAtGate(open: readonly Release[], environment: string): readonly Release[] {
  return open.filter((release) => isHeld(release, environment));
}

function isHeld(release: Release, environment: string): boolean {
  const { waiting, cancel } = release;
  if (waiting?.for !== 'gate' || (waiting.gate !== 'lock' && waiting.gate !== 'freeze')) return false;
  return (waiting.environment ?? release.environment) === environment && !isOver(release) && cancel === undefined;
}
