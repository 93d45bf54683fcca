import type { ApplicationVersion, ObservedEnvironment } from './observation.ts';
import type { Revision } from './revision.ts';
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
 * deploy action brought. Never a version whose newest deploy here failed, and never the commit that runs on every
 * instance already, under whatever label.
 */
export function chooseRollbackTarget(facts: {
  readonly history: readonly RunningVersion[];
  readonly versions: readonly ApplicationVersion[];
  readonly environment: ObservedEnvironment;
  /** What the environment's label stands for, where the history does not tell. */
  readonly running?: Revision;
}): RollbackTarget | undefined {
  const newestFirst = [...facts.history].sort((a, b) => b.since - a.since);
  const undoes = newestFirst.find((entry) => entry.label === facts.environment.label) ?? newestFirst[0];
  const usable = new Set(facts.versions.filter((version) => version.usable).map((version) => version.label));
  const running = runningEverywhere(facts.environment, newestFirst, facts.running);
  const known = newestPerLabel(newestFirst).filter((entry) => entry.standing !== 'bad' && usable.has(entry.label) && !isSame(entry, running));
  const version = known.find((entry) => entry.standing === 'verified') ?? known[0];
  if (!version) return undefined;
  return { version, ...(undoes && undoes.label !== version.label && { undoes }), secondChoice: version.standing !== 'verified' };
}

/** The one version that runs there, and nothing but it; undefined while Beanstalk works or instances differ. */
function runningEverywhere({ label, ...seen }: ObservedEnvironment, newestFirst: readonly RunningVersion[], told: Revision | undefined): Revision | undefined {
  if (label === undefined || !runsEverywhere(label, { ...seen, label })) return undefined;
  return { ...(newestFirst.find((entry) => entry.label === label)?.revision ?? told), label };
}

/** The same label, or the same commit in another package: going there would change nothing. */
function isSame(entry: RunningVersion, running: Revision | undefined): boolean {
  if (!running) return false;
  return entry.label === running.label || (running.id !== undefined && entry.revision.id === running.id);
}

/** Whether nothing but this version runs there, so that deploying it would change nothing. */
export function runsEverywhere(label: string, environment: ObservedEnvironment): boolean {
  if (environment.label !== label || environment.status !== 'Ready') return false;
  return (environment.instances ?? []).every((instance) => instance.label === label && instance.deployment !== 'Failed');
}

function newestPerLabel(newestFirst: readonly RunningVersion[]): readonly RunningVersion[] {
  return newestFirst.filter((entry, at) => newestFirst.findIndex((other) => other.label === entry.label) === at);
}
