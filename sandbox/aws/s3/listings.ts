import type { JsonObject } from '../../json.ts';
import { number, text } from '../engine/values.ts';
import type { Bucket, StoredObject } from './buckets.ts';

/** ListObjectsV2: by key, with prefix, delimiter and pages. */
export function listObjects(bucket: Bucket, input: JsonObject): JsonObject {
  const prefix = text(input, 'Prefix') ?? '';
  const delimiter = text(input, 'Delimiter');
  const after = text(input, 'ContinuationToken') ?? text(input, 'StartAfter') ?? '';
  const most = pageSize(input);
  const objects = bucket.list(prefix).filter(({ key }) => key > after);
  const folders = new Set<string>();
  const contents = objects.filter(({ key }) => {
    const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
    if (delimiter !== undefined && end >= 0) folders.add(key.slice(0, end + delimiter.length));
    return end < 0;
  });
  const page = contents.slice(0, most);
  const last = contents.length > most ? page.at(-1)?.key : undefined;
  return {
    Name: bucket.name,
    Prefix: prefix,
    MaxKeys: most,
    KeyCount: page.length + folders.size,
    IsTruncated: last !== undefined,
    ...(delimiter === undefined ? {} : { Delimiter: delimiter, CommonPrefixes: [...folders].map((Prefix) => ({ Prefix })) }),
    ...(last === undefined ? {} : { NextContinuationToken: last }),
    Contents: page.map((stored) => ({ Key: stored.key, LastModified: new Date(stored.at), ETag: stored.etag, Size: stored.body.length, StorageClass: 'STANDARD' })),
  };
}

/** ListObjectVersions, all on one page. */
export function listVersions(bucket: Bucket, input: JsonObject): JsonObject {
  const prefix = text(input, 'Prefix') ?? '';
  const all = bucket.all(prefix).flatMap((versions) => versions.map((version, index) => ({ version, latest: index === 0 })));
  return {
    Name: bucket.name,
    Prefix: prefix,
    MaxKeys: pageSize(input),
    IsTruncated: false,
    Versions: all.filter(({ version }) => !version.deleted).map(({ version, latest }) => ({ ...listed(version, latest), ETag: version.etag, Size: version.body.length, StorageClass: 'STANDARD' })),
    DeleteMarkers: all.filter(({ version }) => version.deleted).map(({ version, latest }) => listed(version, latest)),
  };
}

function listed(version: StoredObject, latest: boolean): JsonObject {
  return { Key: version.key, VersionId: version.versionId, IsLatest: latest, LastModified: new Date(version.at) };
}

/** S3's page size: 1000 unless less is asked for. */
function pageSize(input: JsonObject): number {
  return Math.min(number(input, 'MaxKeys') ?? 1000, 1000);
}
