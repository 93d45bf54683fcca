import { isOver, ownDeploy, type Release } from './release.ts';

/**
 * Whether the release works on the environment now: from its last gate there until its truth check ends. Waiting at
 * an approval or in the queue occupies nothing.
 */
export function occupies(release: Release, environment: string): boolean {
  if (isOver(release)) return false;
  const deploy = release.deploys.find((one) => one.environment === environment);
  if (deploy && (deploy.status === 'running' || deploy.status === 'verifying')) return true;
  if (release.environment !== environment) return false;
  return isEntering(release);
}

/** It has decided to go in: the effect that lets it in is written down or has been taken, and nothing has been seen yet. */
function isEntering(release: Release): boolean {
  const effect = release.intent?.effect;
  if (effect?.kind === 'update-environment') return true;
  if (effect?.kind === 'answer-approval' && effect.approved) return true;
  const last = release.approvals.at(-1);
  const letIn = last?.state === 'confirmed' && last.verdict === 'approved' && last.approvalAction !== undefined;
  return letIn && last.environment === release.environment && ownDeploy(release)?.status === 'pending';
}

/** Whether the release has passed its approval and waits for its turn. */
export function queues(release: Release, environment: string): boolean {
  if (isOver(release) || release.environment !== environment || release.status !== 'waiting') return false;
  return release.waiting?.for === 'queue' || release.waiting?.for === 'environment';
}

/** Releases that this one has to let pass first: those inside, and those that queued earlier. Oldest first. */
export function aheadOf(release: Release, open: readonly Release[]): readonly Release[] {
  return open
    .filter((other) => other.id !== release.id && other.app === release.app)
    .filter((other) => occupies(other, release.environment) || (queues(other, release.environment) && other.number < release.number))
    .sort((a, b) => a.number - b.number);
}
