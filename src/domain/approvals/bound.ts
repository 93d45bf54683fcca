import type { ObservedAction, ObservedExecution } from '../observation.ts';
import type { Release } from '../release.ts';
import { sameRevisions, type ApprovalRequest } from './approval.ts';

/** What AWS, or jack.yml, shows that the card did not: then nothing is decided, and the card is drawn again. */
export type Changed = 'execution' | 'stopping' | 'token' | 'revisions' | 'answered' | 'behind' | 'policy';

/**
 * Compares what the card showed with what stands there at the click. `instead`: the execution that a *Reject and take
 * the newest* names has still to be the one that comes in next.
 */
export function whatChanged(request: ApprovalRequest, release: Pick<Release, 'revision'>, seen: ObservedExecution | undefined, instead?: string): Changed | undefined {
  const bound = request.approvalAction;
  if (!bound) return sameRevisions(request.revisionIds, revisionIdsOf(release)) ? undefined : 'revisions';
  if (seen?.id !== bound.executionId || (seen.status !== 'InProgress' && seen.status !== 'Stopping')) return 'execution';
  const action = actionIn(seen, bound.stage, bound.action);
  if (action?.status === 'Succeeded' || action?.status === 'Failed') return 'answered';
  if (action?.status !== 'InProgress') return 'execution';
  if (action.token !== bound.token) return 'token';
  if (!sameRevisions(request.revisionIds, revisionIdsIn(seen))) return 'revisions';
  return instead !== undefined && !seen.behind.includes(instead) ? 'behind' : undefined;
}

/** Commit ids, or versions of a bucket's object, in the order of the sources. */
export function revisionIdsIn(seen: Pick<ObservedExecution, 'revisions'>): readonly string[] {
  return seen.revisions.map((revision) => revision.id ?? '');
}

/** What Jack's own question is bound to: a commit, a label, or nothing where the newest of the source cannot be told. */
export function revisionIdsOf({ revision }: Pick<Release, 'revision'>): readonly string[] {
  return [revision.id, revision.label].filter((id) => id !== undefined);
}

function actionIn(seen: ObservedExecution, stage: string, action: string): ObservedAction | undefined {
  return seen.stages.find((one) => one.name === stage)?.actions.find((one) => one.name === action);
}
