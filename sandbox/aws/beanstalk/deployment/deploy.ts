import { raiseAlarms } from '../state/alarms.ts';
import { Aborted } from '../state/operation.ts';
import { become, progress, restInstances, restingHealth } from '../state/health.ts';
import { policyOf } from '../state/options.ts';
import { DeploymentFailed, sayMishap } from './failure.ts';
import { allAtOnce, rolling, rollingWithAdditionalBatch } from './in-place.ts';
import { immutable } from './immutable.ts';
import { stackName } from '../state/resources.ts';
import { say } from './run.ts';
import type { Outcome, Run } from './run.ts';

/** AWS seconds from the start of an operation to the transition of the health to Info (observed: 13–21). */
export const healthNoticesAfter = 19;

/**
 * Brings a version to an environment, from 'Environment update is starting.' to Ready, and resolves with how it went.
 * Sets everything that must be seen at once (Updating, the first event) before it first waits.
 */
export async function deploy(run: Run): Promise<Outcome> {
  const { environment, operation } = run;
  environment.deploymentId += 1;
  say(run, 'INFO', 'Environment update is starting.');
  noticeLater(run);
  const outcome = await perform(run);
  operation.abortable = false;
  settle(run, outcome);
  return outcome;
}

async function perform(run: Run): Promise<Outcome> {
  const { environment, operation } = run;
  const policy = policyOf(environment);
  try {
    await operation.wait(environment.durations.start);
    if (policy !== 'Immutable') refuseBeforehand(run);
    await { AllAtOnce: allAtOnce, Rolling: rolling, RollingWithAdditionalBatch: rollingWithAdditionalBatch, Immutable: immutable }[policy](run);
    say(run, 'INFO', 'New application version was deployed to running EC2 instances.');
    return 'deployed';
  } catch (error) {
    if (!(error instanceof Aborted) && !(error instanceof DeploymentFailed)) throw error;
    if (error instanceof Aborted) await operation.pause(environment.durations.start);
    return endBadly(run, policy === 'Immutable' || (run.mishap?.rollsBack === true && error instanceof DeploymentFailed));
  }
}

/** What cannot launch fails in place too, before any instance is touched. */
function refuseBeforehand(run: Run): void {
  const event = run.mishap?.stackEvent;
  if (!event) return;
  run.estate.account.stacks.event(stackName(run.environment), event);
  sayMishap(run, [], []);
  throw new DeploymentFailed(run.mishap?.id ?? '');
}

async function endBadly(run: Run, withdrawn: boolean): Promise<Outcome> {
  if (!withdrawn) {
    say(run, 'ERROR', 'Failed to deploy application.');
    say(run, 'ERROR', 'During an aborted deployment, some instances may have deployed the new application version. To ensure all instances are running the same version, re-deploy the appropriate application version.');
    return 'failed';
  }
  if (policyOf(run.environment) !== 'Immutable') await putBack(run);
  say(run, 'ERROR', 'Failed to deploy application.');
  return 'withdrawn';
}

/** In-place instances get the expected version again. */
async function putBack(run: Run): Promise<void> {
  const { environment, operation, estate } = run;
  await operation.pause(environment.durations.deploy);
  const { expected } = environment;
  if (!expected) return;
  for (const instance of environment.instances) {
    instance.deployment = { label: expected.label, id: expected.id, status: 'Deployed', at: estate.account.clock.now() };
  }
}

function noticeLater(run: Run): void {
  const { environment, operation, estate } = run;
  if (!environment.enhanced) return;
  estate.account.clock.after(healthNoticesAfter * 1000, () => {
    if (environment.operation !== operation || environment.health.status === 'Info') return;
    become(estate, environment, { status: 'Info', causes: [progress(environment)] });
  });
}

/** The label that the environment says it runs, the last event, Ready; and later its health. */
function settle(run: Run, outcome: Outcome): void {
  const { environment, operation, estate } = run;
  const deployed = outcome === 'deployed';
  if (deployed) environment.expected = { label: run.label, id: environment.deploymentId };
  if (deployed || (outcome === 'failed' && estate.account.assumptions.environmentTakesLabelOfFailedDeploy)) environment.versionLabel = run.label;
  restInstances(environment);
  if (deployed) say(run, 'INFO', 'Environment update completed successfully.');
  environment.status = 'Ready';
  environment.updatedAt = estate.account.clock.now();
  delete environment.operation;
  estate.changed();
  estate.account.clock.after(environment.durations.settle * 1000, () => rest(run, deployed, operation.requestId));
}

function rest(run: Run, deployed: boolean, requestId: string): void {
  const { environment, estate, mishap } = run;
  if (environment.operation && environment.operation.requestId !== requestId) return;
  if (deployed && mishap?.healthAfter) {
    for (const instance of environment.instances) instance.health = mishap.healthAfter;
    become(estate, environment, mishap.healthAfter);
    raiseAlarms(estate, environment, mishap.alarms ?? []);
    return;
  }
  become(estate, environment, restingHealth(environment));
}
