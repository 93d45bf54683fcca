import type { ApprovalRequest, NextInLine } from '../../domain/approvals/approval.ts';
import { Fault } from '../../domain/faults.ts';
import type { Release } from '../../domain/release.ts';
import type { World } from '../../ports.ts';
import type { Run } from '../reconcile.ts';

/** More direct messages than this for one question would be noise. */
const MOST_ABSENT = 20;

/**
 * Adds to each open question what its card tells and AWS does not: which approvers are not in the channel, looked up
 * once, and which release waits behind. A courtesy: the question stands without it.
 */
export async function withInformedQuestions(release: Release, run: Pick<Run, 'world' | 'log'>): Promise<Release> {
  let current = release;
  for (const request of release.approvals.filter((one) => one.state === 'open')) {
    const informed = await withNamedNext(await withAbsent(request, release, run), run.world);
    if (informed !== request) current = { ...current, approvals: current.approvals.map((one) => (one.id === request.id ? informed : one)) };
  }
  return current;
}

async function withAbsent(request: ApprovalRequest, release: Release, { world, log }: Pick<Run, 'world' | 'log'>): Promise<ApprovalRequest> {
  if (request.absent !== undefined || request.policy === undefined) return request;
  try {
    return { ...request, absent: await absentOf(request.policy.from, release, world) };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    log.warn({ err: fault, release: release.number }, 'which approvers are not in the channel could not be looked up');
    return fault.retryable ? request : { ...request, absent: [] };
  }
}

/** Those who can answer: whoever asked, guests and who has left are not told. */
async function absentOf(from: readonly string[], release: Release, { slack }: World): Promise<readonly string[]> {
  const members = await slack.people.membersOf(from);
  if (members.length === 0) return [];
  const here = await slack.people.inChannel(release.channel);
  const absent: string[] = [];
  for (const user of members.filter((one) => !here.has(one) && !release.requesters.some((requester) => requester.user === one))) {
    if (absent.length < MOST_ABSENT && (await slack.people.standing(user)) === 'member') absent.push(user);
  }
  return absent;
}

/** The release that people know the waiting execution by, once it has been found. */
async function withNamedNext(request: ApprovalRequest, { store }: World): Promise<ApprovalRequest> {
  const { next, approvalAction } = request;
  if (!next || next.number !== undefined || !approvalAction) return request;
  const [release] = await store.releaseByExecution(approvalAction.pipeline, next.executionId);
  if (!release) return request;
  const named: NextInLine = { ...next, number: release.number, ...(release.revision.id !== undefined && { revisionId: release.revision.id }) };
  return { ...request, next: named };
}
