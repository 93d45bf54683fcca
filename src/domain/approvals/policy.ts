import { hasApprovalBefore, environmentAt, environmentOf, type App, type ApprovalPolicy, type Environment, type Pipeline } from '../app.ts';
import type { Time } from '../observation.ts';
import type { Release } from '../release.ts';
import { glassFor, type ApprovalRequest } from './approval.ts';
import { fourEyesOf } from './four-eyes.ts';

/** Who approves this purpose on this environment. Rollbacks have a setting of their own; without it nobody is asked. */
export function policyFor(environment: Environment | undefined, purpose: Release['purpose']): ApprovalPolicy | undefined {
  return purpose === 'rollback' ? environment?.rollbackApproval : environment?.approval;
}

/** Who answers a manual approval of CodePipeline's: it asks, whatever the purpose. */
export function policyOfAction(environment: Environment | undefined, purpose: Release['purpose']): ApprovalPolicy | undefined {
  return policyFor(environment, purpose) ?? environment?.approval;
}

/**
 * The environments that ask for an approval which the pipeline has no action for, on the way up to this one, in order:
 * Jack asks for those before anything starts.
 */
export function gatedBeforeStart(app: App, pipeline: Pipeline, environment: string, purpose: Release['purpose']): readonly Environment[] {
  const onTheWay: Environment[] = [];
  for (const { beanstalkEnvironment } of pipeline.stages.flatMap((stage) => stage.actions)) {
    const one = environmentAt(app, beanstalkEnvironment);
    if (one && !onTheWay.includes(one)) onTheWay.push(one);
    if (one?.name === environment) break;
  }
  return onTheWay.filter((one) => policyFor(one, purpose) && !hasApprovalBefore(pipeline, one.beanstalkEnvironment));
}

/** The policy that holds now for this question. */
export function presentPolicy(request: Pick<ApprovalRequest, 'environment' | 'approvalAction'>, app: App, purpose: Release['purpose']): ApprovalPolicy | undefined {
  return (request.approvalAction ? policyOfAction : policyFor)(environmentOf(app, request.environment), purpose);
}

/** Of the card and jack.yml as it is now both have to name the person. Jack's own question goes on with its card's where jack.yml asks nobody any more. */
export function policiesOf(request: Pick<ApprovalRequest, 'environment' | 'approvalAction' | 'policy'>, app: App, purpose: Release['purpose']): readonly ApprovalPolicy[] | undefined {
  const { policy, approvalAction } = request;
  const present = presentPolicy(request, app, purpose);
  if (!policy || (!present && approvalAction)) return undefined;
  return present ? [policy, present] : [policy];
}

/**
 * jack.yml names approvers where the card has none, or others than the card, and those whom both name are too few to let
 * it go on: it has to be asked anew. A group may be of any size. Not where an owner broke the glass, nor after a no.
 */
export function isForOthers(request: ApprovalRequest, release: Release, app: App, now: Time): boolean {
  const { state, verdict, policy, approvalAction, brokenGlass } = request;
  const stands = state === 'open' || (verdict === 'approved' && (state === 'decided' || (state === 'confirmed' && !approvalAction)));
  const present = presentPolicy(request, app, release.purpose);
  if (!stands || !present || brokenGlass || glassFor(request, release.passes)) return false;
  if (!policy) return true;
  const isPast = request.expiresAt !== undefined && now >= request.expiresAt;
  if (isPast || isSameFrom(policy, present) || wasJustLeft(request, present, release, now)) return false;
  const eyes = fourEyesOf(release);
  const both = policy.from.filter((one) => present.from.includes(one) && !eyes.requesters.includes(one) && request.decisions.findLast(({ by }) => by === one)?.gone !== true);
  return !both.some((one) => one.startsWith('S')) && (new Set(both).size < Math.max(policy.count, present.count) || both.every((one) => eyes.authors.includes(one)));
}

function isSameFrom(one: ApprovalPolicy, other: ApprovalPolicy): boolean {
  return JSON.stringify(one.from.toSorted()) === JSON.stringify(other.from.toSorted());
}

const SETTLED_MS = 10 * 60_000;

/** Replicas read a changed jack.yml at different moments: what one of them left is not asked again at once by another. */
function wasJustLeft({ environment }: ApprovalRequest, present: ApprovalPolicy, { approvals }: Pick<Release, 'approvals'>, now: Time): boolean {
  return approvals.some((one) => one.withdrawn === 'policy' && one.environment === environment && one.policy !== undefined && isSameFrom(one.policy, present) && one.closedAt !== undefined && now < one.closedAt + SETTLED_MS);
}

/**
 * Where jack.yml asks for more people than when the card was drawn, so does every question that is not closed. One that
 * asks for fewer holds for new questions only. The same release where nothing changes.
 */
export function raised(release: Release, app: App): Release {
  const approvals = release.approvals.map((request): ApprovalRequest => {
    const { state, policy } = request;
    const present = presentPolicy(request, app, release.purpose);
    const isLive = state === 'open' || state === 'decided' || (state === 'confirmed' && !request.approvalAction);
    return isLive && policy && present && present.count > policy.count ? { ...request, policy: { ...policy, count: present.count } } : request;
  });
  return approvals.every((request, at) => request === release.approvals[at]) ? release : { ...release, approvals };
}
