import { hasApprovalBefore, environmentAt, environmentOf, type App, type ApprovalPolicy, type Environment, type Pipeline } from '../app.ts';
import type { Release } from '../release.ts';
import type { ApprovalRequest } from './approval.ts';

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
