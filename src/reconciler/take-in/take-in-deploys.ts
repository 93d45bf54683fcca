import { environmentOf, type App } from '../../domain/app.ts';
import type { ObservedEnvironment, ObservedOperation, Time } from '../../domain/observation.ts';
import type { Deploy } from '../../domain/deploy.ts';
import { withNote, type Release } from '../../domain/release.ts';
import { judgeDeploy } from '../../domain/truth.ts';

/** What Beanstalk said of one environment that the release works on. */
export interface SeenDeploy {
  readonly environment: ObservedEnvironment;
  readonly operation?: ObservedOperation;
  /** Jack's release whose deploy brought what is there instead, where there is one. */
  readonly replacedBy?: Pick<Release, 'number' | 'purpose'>;
}

/** Records what Beanstalk said of the deploys under way, and judges those whose operation has ended. Pure and settled. */
export function takeInDeploys(
  release: Release,
  seen: Readonly<Record<string, SeenDeploy>>,
  facts: { readonly app: App; readonly now: Time },
): Release {
  let current = release;
  for (const deploy of release.deploys) {
    const what = seen[deploy.environment];
    if (!what || deploy.status === 'pending' || deploy.status === 'done') continue;
    const next = judged(takeIn(deploy, what, release), what, facts);
    current = { ...current, deploys: current.deploys.map((one) => (one.environment === deploy.environment ? next : one)) };
    if (next.status === 'done' && deploy.environment !== release.environment) {
      current = withNote(current, `deploy:${deploy.environment}`, facts.now, { kind: 'deploy-verdict', environment: deploy.environment });
    }
  }
  return current;
}

function takeIn(deploy: Deploy, { environment, operation }: SeenDeploy, release: Release): Deploy {
  const label = deploy.label ?? operation?.label ?? (release.route.kind === 'version' ? release.route.label : undefined);
  const base: Deploy = {
    ...deploy,
    ...(label !== undefined && { label }),
    ...(operation && { requestId: operation.requestId, aborted: operation.aborted }),
    ...instancesOf(environment, label),
  };
  if (release.route.kind === 'pipeline' || !operation || operation.outcome === 'running') return base;
  return {
    ...base,
    status: 'verifying',
    operationOutcome: operation.outcome,
    ...(base.operationEndedAt === undefined && operation.endedAt !== undefined && { operationEndedAt: operation.endedAt }),
  };
}

function instancesOf(environment: ObservedEnvironment, label: string | undefined): Pick<Deploy, 'instances'> {
  const { instances } = environment;
  if (!instances || label === undefined) return {};
  const updated = instances.filter((instance) => instance.label === label && instance.deployment !== 'In Progress').length;
  return { instances: { updated, total: instances.length } };
}

/** How long Jack looks for the label that CodePipeline made before it says that it cannot tell. */
const LABEL_PATIENCE_MS = 5 * 60_000;

/** No label: a failed action never got as far as Beanstalk; a successful one cannot be proved. */
function judgedBlind(deploy: Deploy, outcome: 'succeeded' | 'failed', now: Time): Deploy {
  if (outcome === 'failed') {
    return { ...deploy, status: 'done', endedAt: now, verdict: { outcome: 'failed', because: 'Nothing was deployed: the environment was left as it was.' } };
  }
  if (now < (deploy.operationEndedAt ?? now) + LABEL_PATIENCE_MS) return deploy;
  return { ...deploy, status: 'done', endedAt: now, verdict: { outcome: 'live-not-verified', because: 'Nothing tells which version this deployment brought.' } };
}

function judged(deploy: Deploy, seen: SeenDeploy, facts: { readonly app: App; readonly now: Time }): Deploy {
  const { label, operationEndedAt, operationOutcome } = deploy;
  if (deploy.status !== 'verifying' || operationOutcome === undefined) return deploy;
  if (label === undefined) return judgedBlind(deploy, operationOutcome, facts.now);
  const verdict = judgeDeploy({
    label,
    ...(deploy.previousLabel !== undefined && { previousLabel: deploy.previousLabel }),
    outcome: operationOutcome,
    aborted: deploy.aborted ?? false,
    revertedByBeanstalk: seen.operation?.revertedByBeanstalk ?? false,
    endedAt: operationEndedAt ?? facts.now,
    environment: seen.environment,
    ...(seen.replacedBy && { replacedBy: seen.replacedBy }),
    verifyMs: environmentOf(facts.app, deploy.environment)?.verifyMs ?? 0,
    now: facts.now,
  });
  return verdict ? { ...deploy, status: 'done', verdict, endedAt: facts.now } : deploy;
}
