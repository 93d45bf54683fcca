import type { Release } from './release.ts';

/** What makes two requests one: the place, the purpose, and either the same execution or the same thing to ship. */
export type RequestFacts = Pick<Release, 'app' | 'environment' | 'purpose' | 'route' | 'revision'>;

/** Whether an open release is what is asked for, so that the request is answered with it. One that is being cancelled is not. */
export function asksTheSame(open: Release, wanted: RequestFacts): boolean {
  if (open.cancel || open.app !== wanted.app || open.environment !== wanted.environment || open.purpose !== wanted.purpose) return false;
  const { route } = wanted;
  if (route.kind === 'version') return open.route.kind === 'version' && open.route.label === route.label;
  if (open.route.kind !== 'pipeline' || open.route.pipeline !== route.pipeline) return false;
  if (route.executionId !== undefined) return open.route.executionId === route.executionId;
  return (route.override?.commit ?? wanted.revision.id) === (open.route.override?.commit ?? open.revision.id);
}
