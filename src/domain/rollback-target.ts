import type { ApplicationVersion, ObservedEnvironment } from './observation.ts';
import type { RunningVersion } from './running-version.ts';

export interface RollbackTarget {
  readonly version: RunningVersion;
  /** The newest entry that is not the target: what would be undone. */
  readonly undoes?: RunningVersion;
  /** No verified version was left, so the newest that had been deployed successfully was taken. */
  readonly secondChoice: boolean;
}

/**
 * The last verified version before the one that runs and that Beanstalk still has; else the last one that an earlier
 * deploy action brought. Never a version whose newest deploy here failed.
 */
export function chooseRollbackTarget(facts: {
  readonly history: readonly RunningVersion[];
  readonly versions: readonly ApplicationVersion[];
  readonly environment: ObservedEnvironment;
}): RollbackTarget | undefined {
  const newestFirst = [...facts.history].sort((a, b) => b.since - a.since);
  const undoes = newestFirst.find((entry) => entry.label === facts.environment.label) ?? newestFirst[0];
  const usable = new Set(facts.versions.filter((version) => version.usable).map((version) => version.label));
  const known = newestPerLabel(newestFirst).filter(
    (entry) => entry.standing !== 'bad' && usable.has(entry.label) && !runsEverywhere(entry.label, facts.environment),
  );
  const version = known.find((entry) => entry.standing === 'verified') ?? known[0];
  if (!version) return undefined;
  return { version, ...(undoes && undoes.label !== version.label && { undoes }), secondChoice: version.standing !== 'verified' };
}

/** Whether nothing but this version runs there, so that deploying it would change nothing. */
export function runsEverywhere(label: string, environment: ObservedEnvironment): boolean {
  if (environment.label !== label || environment.status !== 'Ready') return false;
  return (environment.instances ?? []).every((instance) => instance.label === label && instance.deployment !== 'Failed');
}

function newestPerLabel(newestFirst: readonly RunningVersion[]): readonly RunningVersion[] {
  return newestFirst.filter((entry, at) => newestFirst.findIndex((other) => other.label === entry.label) === at);
}
