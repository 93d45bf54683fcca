import { strToU8, zipSync } from 'fflate';
import type { Seed, SeedPipeline } from '../../seed.ts';
import type { Estate } from '../state/estate.ts';

/** Puts the bundles of seeded versions where their SourceBundle points, unless something is there already. */
export function storeBundles(estate: Estate, seed: Seed): void {
  for (const application of seed.applications) for (const version of application.versions) store(estate, version.bundle, version.files);
  for (const pipeline of seed.pipelines) {
    const repository = repositoryOf(pipeline);
    for (const execution of pipeline.past) {
      const files = estate.account.repositories.commit(repository, execution.commit)?.files ?? {};
      for (const action of execution.actions) if (action.deployed) store(estate, action.deployed.bundle, files);
    }
  }
}

function repositoryOf(pipeline: SeedPipeline): string {
  const source = pipeline.declaration.stages.flatMap((stage) => stage.actions).find((action) => action.actionTypeId.category === 'Source');
  return source?.configuration?.RepositoryName ?? source?.configuration?.FullRepositoryId ?? '';
}

function store(estate: Estate, at: { readonly bucket: string; readonly key: string }, files: Readonly<Record<string, string>>): void {
  if (estate.account.objects.get(at.bucket, at.key)) return;
  estate.account.objects.put(at.bucket, at.key, zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
}
