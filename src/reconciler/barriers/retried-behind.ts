import type { App } from '../../domain/app.ts';
import type { World } from '../../ports.ts';

/**
 * Somebody retried an execution in AWS. No transition holds a stage that is retried, so whoever locked an environment
 * of this pipeline is told: what is inside is looked at anew.
 */
export async function lookInsideAgain({ name, environments }: App, at: { readonly pipeline: string; readonly executionId: string }, { store }: World): Promise<void> {
  for (const environment of environments) {
    const barriers = await store.barriers(name, environment.name);
    if (!barriers.holds.some(({ pipeline }) => pipeline === at.pipeline)) continue;
    const holds = barriers.holds.map((hold) => (hold.pipeline === at.pipeline ? { ...hold, lookInside: true as const, retried: [...new Set([...(hold.retried ?? []), at.executionId])] } : hold));
    await store.saveBarriers({ ...barriers, holds });
  }
}
