import { useEffect, useState } from 'react';
import { callAsOlive } from './console.ts';

/** Version label → the commit it was made of. */
export type VersionCommits = ReadonlyMap<string, string>;

interface Answers {
  readonly ApplicationVersions?: readonly { readonly VersionLabel?: string; readonly SourceBundle?: { readonly S3Bucket?: string; readonly S3Key?: string } }[];
  readonly actionExecutionDetails?: readonly { readonly pipelineExecutionId?: string; readonly input?: { readonly inputArtifacts?: readonly { readonly s3location?: { readonly bucket?: string; readonly key?: string } }[] } }[];
  readonly pipelineExecutionSummaries?: readonly { readonly pipelineExecutionId?: string; readonly sourceRevisions?: readonly { readonly revisionId?: string }[] }[];
}

/**
 * A label of CodePipeline's does not name its commit where a build lies between. So, as in AWS: the version's bundle is
 * an input of the deploy action of an execution, and that execution has its source revision.
 */
export async function findVersionCommits(application: string, pipeline: string): Promise<VersionCommits> {
  const [versions, actions, executions] = await Promise.all([
    callAsOlive<Answers>('elasticbeanstalk', 'DescribeApplicationVersions', { ApplicationName: application }),
    callAsOlive<Answers>('codepipeline', 'ListActionExecutions', { pipelineName: pipeline, maxResults: 100 }),
    callAsOlive<Answers>('codepipeline', 'ListPipelineExecutions', { pipelineName: pipeline, maxResults: 100 }),
  ]);
  const revisions = new Map(executions.pipelineExecutionSummaries?.map((execution) => [execution.pipelineExecutionId, execution.sourceRevisions?.[0]?.revisionId]));
  const bundles = new Map<string, string | undefined>();
  for (const action of actions.actionExecutionDetails ?? []) {
    for (const { s3location } of action.input?.inputArtifacts ?? []) bundles.set(`${s3location?.bucket}/${s3location?.key}`, revisions.get(action.pipelineExecutionId));
  }
  const commits = new Map<string, string>();
  for (const version of versions.ApplicationVersions ?? []) {
    const commit = bundles.get(`${version.SourceBundle?.S3Bucket}/${version.SourceBundle?.S3Key}`);
    if (version.VersionLabel !== undefined && commit !== undefined) commits.set(version.VersionLabel, commit);
  }
  return commits;
}

/** The same, asked again whenever another label is seen. Where it cannot be had, labels stay as they are. */
export function useVersionCommits(application: string, pipeline: string, labels: string): VersionCommits {
  const [commits, setCommits] = useState<VersionCommits>(new Map());
  useEffect(() => {
    let wanted = true;
    findVersionCommits(application, pipeline).then(
      (found) => wanted && setCommits(found),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [application, pipeline, labels]);
  return commits;
}
