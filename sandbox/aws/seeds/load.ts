import { defaultSeed } from './default.ts';
import { seedTime } from '../seed.ts';
import type { PastAction, Seed, SeedPipeline } from '../seed.ts';

/**
 * The account to start with: the parts that `file` has (parsed JSON of a `--seed` file), else the default account's.
 * `now` is epoch ms. Fills `{at}` in version labels.
 */
export function loadSeed(now: number, file: Partial<Seed> = {}): Seed {
  const seed: Seed = { ...defaultSeed(now), ...file, startedAt: now };
  return { ...seed, pipelines: seed.pipelines.map((pipeline) => withLabels(seed, pipeline)) };
}

function withLabels(seed: Seed, pipeline: SeedPipeline): SeedPipeline {
  const past = pipeline.past.map((execution) => ({ ...execution, actions: execution.actions.map((action) => withLabel(seed, action)) }));
  return { ...pipeline, past };
}

function withLabel(seed: Seed, action: PastAction): PastAction {
  if (!action.deployed) return action;
  const at = String(seedTime(seed, action.startedMinutesAgo));
  return { ...action, deployed: { ...action.deployed, label: action.deployed.label.replaceAll('{at}', at) } };
}
