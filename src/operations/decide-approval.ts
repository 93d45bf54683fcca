import { environmentOf, type App } from '../domain/app.ts';
import { verdictOf, type ApprovalRequest, type Decision } from '../domain/approval.ts';
import type { Time } from '../domain/observation.ts';
import { no, type Answer, type Refusal } from '../domain/refusal.ts';
import { isOver, type Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';

/** What somebody says to an approval request. */
export interface Say {
  readonly approvalId: string;
  readonly user: string;
  readonly approves: boolean;
  readonly comment?: string;
}

/**
 * Records one person's yes or no. Authorised anew, with groups looked up now; a failed look-up throws, so nothing is
 * recorded. The same person's second click changes nothing; the decision is given to AWS by the reconciler.
 */
export async function decideApproval(say: Say, world: World): Promise<Answer<Release>> {
  const release = await world.store.releaseByApproval(say.approvalId);
  const app = world.apps.all().find((one) => one.name === release?.app);
  const request = release?.approvals.find((one) => one.id === say.approvalId);
  if (!release || !app || !request) return no({ kind: 'stale-button' });
  const refusal = isClosed(release, request, say, world.clock.now()) ?? (await refuseApprover(release, request, app, say, world));
  if (refusal) return no(refusal);
  const decision: Decision = {
    by: say.user,
    at: world.clock.now(),
    name: await world.slack.people.displayName(say.user),
    approves: say.approves,
    ...(say.comment !== undefined && say.comment !== '' && { comment: say.comment }),
  };
  return changeRelease(release.id, (current) => withDecision(current, say, decision), world);
}

/** Its time is over, though nobody has recorded so yet. */
function isPast({ expiresAt }: ApprovalRequest, now: Time): boolean {
  return expiresAt !== undefined && now >= expiresAt;
}

function isClosed(release: Release, request: ApprovalRequest, say: Say, now: Time): Refusal | undefined {
  const mine = request.decisions.find((decision) => decision.by === say.user);
  if (mine) return { kind: 'already-decided', number: release.number, approves: mine.approves };
  if (isOver(release) || release.cancel || request.state !== 'open') return { kind: 'approval-over', number: release.number, approval: request };
  if (isPast(request, now)) return { kind: 'approval-over', number: release.number, approval: { ...request, state: 'expired' } };
  return undefined;
}

/** The policy of when the card was drawn and the present one must both name the person: who was taken out of jack.yml answers no more. */
async function refuseApprover(release: Release, request: ApprovalRequest, app: App, say: Say, world: World): Promise<Refusal | undefined> {
  const { policy } = request;
  const present = environmentOf(app, request.environment)?.approval;
  if (!policy || !present) return { kind: 'no-policy', app: app.name, environment: request.environment };
  const { people } = world.slack;
  const standing = await people.standing(say.user);
  const notHere = { kind: 'not-approver', environment: request.environment, from: policy.from.filter((principal) => present.from.includes(principal)) } as const;
  if (standing !== 'member') return { ...notHere, standing };
  if (!(await people.isAmong(say.user, policy.from, true)) || !(await people.isAmong(say.user, present.from, true))) return notHere;
  if (say.approves && release.requesters.some((requester) => requester.user === say.user)) return { kind: 'own-release', number: release.number };
  return undefined;
}

function withDecision(current: Release, say: Say, decision: Decision): Release | { readonly refusal: Refusal } {
  const request = current.approvals.find((one) => one.id === say.approvalId);
  if (!request) return { refusal: { kind: 'stale-button' } };
  const closed = isClosed(current, request, say, decision.at);
  if (closed) return { refusal: closed };
  if (say.approves && current.requesters.some((requester) => requester.user === say.user)) return { refusal: { kind: 'own-release', number: current.number } };
  const decisions = [...request.decisions, decision];
  const verdict = verdictOf({ ...request, decisions }, current.requesters.map((requester) => requester.user));
  const next: ApprovalRequest = { ...request, decisions, ...(verdict && { verdict, state: 'decided' as const }) };
  return { ...current, approvals: current.approvals.map((one) => (one.id === request.id ? next : one)) };
}
