import { DescribeApplicationVersionsCommand } from '@aws-sdk/client-elastic-beanstalk';
import type { ApplicationVersionDescription } from '@aws-sdk/client-elastic-beanstalk';
import type { App } from '../../domain/app.ts';
import type { ApplicationVersion } from '../../domain/observation.ts';
import { given, timeOf } from '../given.ts';
import { pages } from '../reads.ts';
import type { Read } from '../reads.ts';

const PAGE = 200;
/** 1000 versions per region is AWS's default quota. */
const MOST_PAGES = 10;

/** All versions of the application, newest first. */
export async function listVersions(read: Read, app: App): Promise<readonly ApplicationVersion[]> {
  const found = await pages(MOST_PAGES, async (token) => {
    const input = { ApplicationName: app.application, MaxRecords: PAGE, ...(token && { NextToken: token }) };
    const answer = await read(app, 'elasticbeanstalk:DescribeApplicationVersions', input, ({ elasticbeanstalk }, input) => elasticbeanstalk.send(new DescribeApplicationVersionsCommand(input)));
    return { page: answer.ApplicationVersions ?? [], next: answer.NextToken };
  });
  return found.flat().map(toVersion).sort((a, b) => b.createdAt - a.createdAt);
}

/** `Unprocessed` is the normal status of a deployable version: only `Failed` cannot be used, and two statuses are not done yet. */
export function toVersion(told: ApplicationVersionDescription): ApplicationVersion {
  const { S3Bucket, S3Key } = told.SourceBundle ?? {};
  return {
    label: told.VersionLabel ?? '',
    createdAt: timeOf(told.DateCreated) ?? 0,
    usable: !['FAILED', 'PROCESSING', 'BUILDING'].includes((told.Status ?? '').toUpperCase()),
    ...given({
      description: told.Description || undefined,
      bundle: S3Bucket && S3Key ? { bucket: S3Bucket, key: S3Key } : undefined,
      commit: parseLabel(told.VersionLabel ?? '').commit ?? builtCommit(told.SourceBuildInformation?.SourceLocation),
    }),
  };
}

/**
 * What CodePipeline's Beanstalk action writes into a label (not documented, seen in many accounts):
 * `code-pipeline-<epoch ms>-<commit>` of a source artifact, `code-pipeline-<epoch ms>-<artifact>-<uuid>` of a built one.
 */
export function parseLabel(label: string): { readonly at?: number; readonly commit?: string } {
  const parts = /^code-pipeline-(\d{13})-(?:([0-9a-f]{40})|.+-[0-9a-f-]{36})$/.exec(label);
  return parts ? given({ at: Number(parts[1]), commit: parts[2] }) : {};
}

/** "repository/commit" of SourceBuildInformation; an S3 location ends otherwise. */
function builtCommit(location: string | undefined): string | undefined {
  return /\/([0-9a-f]{40})$/.exec(location ?? '')?.[1];
}
