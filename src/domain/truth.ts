import type { ObservedEnvironment, ObservedInstance, Time } from './observation.ts';
import type { Replacement, Verdict } from './deploy.ts';

/** What is known of one deploy when its truth is asked for. */
export interface TruthFacts {
  /** The version label that should run. */
  readonly label: string;
  readonly previousLabel?: string;
  readonly outcome: 'succeeded' | 'failed';
  readonly aborted: boolean;
  readonly revertedByBeanstalk: boolean;
  /** When the operation ended. */
  readonly endedAt: Time;
  readonly environment: ObservedEnvironment;
  /** Jack's release whose deploy brought the label that is on the environment instead, where there is one. */
  readonly replacedBy?: { readonly number: number; readonly purpose: 'deploy' | 'rollback' };
  readonly verifyMs: number;
  readonly now: Time;
}

/** How long instances may lag behind the environment's own word before that counts. */
const INSTANCE_GRACE_MS = 60_000;

/**
 * Is it true? "Action succeeded" and "Ready" are not success: the label has to be on the environment and, where
 * enhanced health tells, on every instance, and health has to hold. Undefined: look again later.
 */
export function judgeDeploy(facts: TruthFacts): Verdict | undefined {
  if (facts.environment.status === 'Terminated') return { outcome: 'failed', because: 'The environment is gone: it was terminated or renamed.' };
  if (facts.environment.status !== 'Ready') return undefined;
  return facts.outcome === 'failed' ? judgeFailed(facts) : judgeSucceeded(facts);
}

function judgeFailed(facts: TruthFacts): Verdict | undefined {
  const { instances } = facts.environment;
  if (instances === undefined || instances.length === 0) return { outcome: 'failed', because: failedWords(facts) };
  if (instances.some((instance) => instance.deployment === 'In Progress')) return undefined;
  const given = instances.filter((instance) => instance.label === facts.label);
  const running = count(given, (instance) => instance.deployment !== 'Failed');
  if (given.length === instances.length && (running === 0 || running === given.length)) return { outcome: 'failed', because: failedWords(facts) };
  if (given.length > 0) return { outcome: 'mixed-versions', because: mixedWords(instances.length, running, given.length - running) };
  if (facts.revertedByBeanstalk) return { outcome: 'rolled-back-by-beanstalk', because: 'Beanstalk put the previous version back on every instance.' };
  return { outcome: 'failed', because: `${failedWords(facts)} ${untouchedWords(facts, instances)}` };
}

function untouchedWords({ previousLabel }: TruthFacts, instances: readonly ObservedInstance[]): string {
  const isAsBefore = previousLabel === undefined || instances.every((instance) => instance.label === previousLabel);
  return isAsBefore ? 'The previous version still runs on every instance.' : 'It runs on no instance.';
}

/** An instance on which the deployment failed carries the new label, and may still serve the old version. */
function mixedWords(total: number, running: number, failed: number): string {
  const parts = [
    ...(running > 0 ? [`${running} of ${total} instances run the new version`] : []),
    ...(failed > 0 ? [running > 0 ? `on ${failed} it failed to deploy` : `on ${failed} of ${total} instances the new version failed to deploy`] : []),
    ...(total > running + failed ? [`${total - running - failed} still run the version before`] : []),
  ];
  const words = parts.join('; ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function failedWords(facts: TruthFacts): string {
  return facts.aborted ? 'The deployment was aborted.' : 'Beanstalk could not deploy the version.';
}

function judgeSucceeded(facts: TruthFacts): Verdict | undefined {
  const { environment, label } = facts;
  if (environment.label !== label) return replaced(facts);
  const behind = (environment.instances ?? []).filter((instance) => instance.label !== label);
  if (behind.length > 0) {
    if (facts.now < facts.endedAt + facts.verifyMs + INSTANCE_GRACE_MS) return undefined;
    const total = environment.instances?.length ?? 0;
    return { outcome: 'mixed-versions', because: `${total - behind.length} of ${total} instances run the new version.` };
  }
  return judgeHealth(facts);
}

/** Only Beanstalk's own word makes it Beanstalk's doing: a person who rolls back brings the previous label too. */
function replaced(facts: TruthFacts): Verdict {
  if (facts.revertedByBeanstalk) return { outcome: 'rolled-back-by-beanstalk', because: 'Beanstalk put the previous version back.' };
  const by = facts.replacedBy;
  const replacement: Replacement = { ...(by && { by: by.number }), rolledBack: by?.purpose === 'rollback' };
  return { outcome: 'live-not-verified', because: replacedWords(replacement), replaced: replacement };
}

function replacedWords({ by, rolledBack }: Replacement): string {
  if (by === undefined) return 'It was deployed, but another deployment outside Slack replaced it before the check had ended.';
  return `It was deployed, but #${by} ${rolledBack ? 'rolled it back' : 'replaced it'} before the check had ended.`;
}

function judgeHealth(facts: TruthFacts): Verdict | undefined {
  const { health, instances } = facts.environment;
  const until = facts.endedAt + facts.verifyMs;
  if (facts.now < until) return undefined;
  if (health.verdict === 'ok') return { outcome: 'live', because: liveWords(instances) };
  if (health.verdict === 'unknown' && facts.now < until + facts.verifyMs * 2) return undefined;
  const causes = health.causes.length > 0 ? `: ${health.causes.join(' ')}` : '';
  return { outcome: 'live-not-verified', because: `Health is ${health.word}${causes}` };
}

function liveWords(instances: readonly ObservedInstance[] | undefined): string {
  if (instances === undefined) return 'The environment carries the version and is healthy; basic health does not show instances.';
  return `On ${instances.length} of ${instances.length} instances, healthy.`;
}

function count<T>(list: readonly T[], claim: (item: T) => boolean): number {
  return list.filter(claim).length;
}
