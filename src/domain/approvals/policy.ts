import { hasApprovalBefore, environmentAt, type App, type ApprovalPolicy, type Environment, type Pipeline } from '../app.ts';
import type { Release } from '../release.ts';

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
