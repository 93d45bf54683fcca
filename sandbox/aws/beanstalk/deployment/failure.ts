import type { Instance } from '../state/model.ts';
import { commandTimeoutOf } from '../state/options.ts';
import { fail, finish, say } from './run.ts';
import type { Run } from './run.ts';

/** A deployment that the mishap ended. */
export class DeploymentFailed extends Error {
  constructor(mishap: string) {
    super(`The deployment failed: ${mishap}`);
    this.name = 'DeploymentFailed';
  }
}

/** How many of `batch` still take the version before the mishap strikes; all of them where there is none. */
export function successesIn(run: Run, batch: readonly Instance[], doneBefore: number): number {
  const { mishap } = run;
  if (!mishap || mishap.healthAfter) return batch.length;
  const limit = Math.min(mishap.instancesDeployed, run.size - 1);
  return Math.max(0, Math.min(batch.length, limit - doneBefore));
}

/** The command ran on a batch: `good` instances took the version, the others fail with the mishap's words. Throws where any did. */
export async function endBatch(run: Run, good: readonly Instance[], bad: readonly Instance[]): Promise<void> {
  for (const instance of good) finish(run, instance);
  if (bad.length === 0) return;
  const { mishap } = run;
  try {
    if (mishap?.timesOut) await run.operation.wait(commandTimeoutOf(run.environment));
  } finally {
    for (const instance of bad) fail(run, instance);
  }
  sayMishap(run, good, bad);
  throw new DeploymentFailed(mishap?.id ?? 'unknown');
}

/** A message with `{instance}` is said of every failed instance; `{instances}`, `{good}` and `{bad}` are filled in once. */
export function sayMishap(run: Run, good: readonly Instance[], bad: readonly Instance[]): void {
  const ids = bad.map((each) => each.id);
  for (const { severity, message } of run.mishap?.events ?? []) {
    const filled = message.replaceAll('{instances}', ids.join(',')).replaceAll('{good}', String(good.length)).replaceAll('{bad}', String(bad.length));
    if (!filled.includes('{instance}')) say(run, severity, filled);
    else for (const id of ids) say(run, severity, filled.replaceAll('{instance}', id));
  }
}
