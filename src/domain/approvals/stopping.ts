import { isOver, type Release } from '../release.ts';

/** Whether AWS is stopping its execution and waits for what it does to end: an open approval too, though no yes lets it go on. */
export function isStopping(release: Pick<Release, 'status' | 'executionStatus'>): boolean {
  return !isOver(release) && release.executionStatus === 'Stopping';
}
