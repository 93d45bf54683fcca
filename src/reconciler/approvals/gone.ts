import type { App, ApprovalPolicy } from '../../domain/app.ts';
import type { ApprovalRequest } from '../../domain/approvals/approval.ts';
import { policiesOf } from '../../domain/approvals/policy.ts';
import type { Release } from '../../domain/release.ts';
import type { World } from '../../ports.ts';

/**
 * The same release, in which a yes of somebody who is no approver any more counts no more: looked up before it lets
 * anything in, for a lock may have held it for days. Throws the fault where Slack does not tell: nothing goes in meanwhile.
 */
export async function withoutGone(release: Release, app: App, world: World): Promise<Release> {
  const approvals = await Promise.all(release.approvals.map(async (request) => (isRelied(request) ? counted(request, policiesOf(request, app, release.purpose), world) : request)));
  return approvals.every((request, at) => request === release.approvals[at]) ? release : { ...release, approvals };
}

/** Its yes is what lets the release in next; where an owner broke the glass nobody's yes does. */
function isRelied({ state, verdict, approvalAction, brokenGlass }: ApprovalRequest): boolean {
  return !brokenGlass && verdict === 'approved' && (state === 'decided' || (state === 'confirmed' && !approvalAction));
}

async function counted(request: ApprovalRequest, policies: readonly ApprovalPolicy[] | undefined, world: World): Promise<ApprovalRequest> {
  const decisions = await Promise.all(request.decisions.map(async (decision) => (decision.approves && !decision.gone && policies && !(await mayApprove(decision.by, policies, world)) ? { ...decision, gone: true as const } : decision)));
  return decisions.every((decision, at) => decision === request.decisions[at]) ? request : { ...request, decisions };
}

async function mayApprove(user: string, policies: readonly ApprovalPolicy[], { slack: { people } }: World): Promise<boolean> {
  if ((await people.standing(user)) !== 'member') return false;
  for (const { from } of policies) if (!(await people.isAmong(user, from))) return false;
  return true;
}
