import { randomBytes } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import type { Commit } from '../account.ts';
import type { Artifact, Execution } from './execution.ts';
import type { Book } from './pipeline.ts';

/** As CodePipeline names objects: pipeline cut to 20, artifact cut to 10, seven random letters. */
export function artifactKey(pipeline: string, artifact: string): string {
  const random = randomBytes(12).toString('base64').replaceAll(/[^A-Za-z0-9]/g, '').padEnd(7, 'x').slice(0, 7);
  return `${pipeline.slice(0, 20)}/${artifact.slice(0, 10)}/${random}`;
}

export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])), { level: 1 });
}

/** Puts what an action made into the pipeline's bucket. */
export function keepArtifact(
  book: Book,
  execution: Execution,
  made: { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly commit?: Commit; readonly isSource: boolean; readonly key?: string },
): Artifact {
  const bucket = execution.declaration.artifactStore.location;
  const key = made.key ?? artifactKey(execution.pipeline, made.name);
  book.account.objects.put(bucket, key, zip(made.files), made.commit ? { 'codepipeline-artifact-revision-summary': made.commit.message.slice(0, 2000).replaceAll(/[^\x20-\x7e]/g, '?') } : {});
  const artifact: Artifact = { name: made.name, bucket, key, isSource: made.isSource, ...(made.commit ? { commit: made.commit } : {}) };
  execution.artifacts.set(made.name, artifact);
  return artifact;
}
