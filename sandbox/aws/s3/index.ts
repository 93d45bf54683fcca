import type { JsonObject } from '../../json.ts';
import type { Account, ObjectStore } from '../account.ts';
import { AwsError, type Handler } from '../engine/service.ts';
import { asText, object, requiredText, text } from '../engine/values.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { Bucket, type StoredObject } from './buckets.ts';
import { listObjects, listVersions } from './listings.ts';
import { presignedUrl } from './presign.ts';

/** S3: versioned buckets for artifacts and source bundles. `endpoint` is this sandbox's AWS address. */
export function s3(account: Account, seed: Seed, endpoint: () => string): Part & { readonly objects: ObjectStore } {
  const buckets = new Map<string, Bucket>();
  const make = (name: string, versioned: boolean): Bucket => {
    const bucket = new Bucket(name);
    bucket.versioned = versioned;
    buckets.set(name, bucket);
    return bucket;
  };
  for (const { declaration } of seed.pipelines) make(declaration.artifactStore.location, true);
  make(`elasticbeanstalk-${account.region}-${account.id}`, false);
  const bucketOf = (input: JsonObject): Bucket => {
    const found = buckets.get(requiredText(input, 'Bucket'));
    if (!found) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return found;
  };
  const handlers: Record<string, Handler> = {
    CreateBucket(input) {
      const name = requiredText(input, 'Bucket');
      if (buckets.has(name)) throw new AwsError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', 409);
      make(name, false);
      return { Location: `/${name}` };
    },
    HeadBucket: (input) => ({ BucketRegion: bucketOf(input) && account.region }),
    GetBucketVersioning: (input) => (bucketOf(input).versioned ? { Status: 'Enabled' } : {}),
    PutBucketVersioning(input) {
      bucketOf(input).versioned = text(object(input, 'VersioningConfiguration') ?? {}, 'Status') === 'Enabled';
    },
    PutObject: (input) => put(bucketOf(input), input),
    GetObject: (input) => get(bucketOf(input), input),
    HeadObject: (input) => factsOf(find(bucketOf(input), input), bucketOf(input)),
    DeleteObject: (input) => remove(bucketOf(input), input),
    ListObjectsV2: (input) => listObjects(bucketOf(input), input),
    ListObjectVersions: (input) => listVersions(bucketOf(input), input),
  };
  return {
    service: { name: 's3', handlers },
    objects: {
      put(bucket, key, body, metadata = {}) {
        const { versionId, etag } = (buckets.get(bucket) ?? make(bucket, true)).put(key, body, { metadata });
        return { versionId, etag };
      },
      get: (bucket, key) => buckets.get(bucket)?.get(key),
      presign(bucket, key) {
        const signer = seed.keys.at(-1);
        if (!signer) throw new Error('the seed has no access key to sign an address with');
        return presignedUrl({ endpoint: endpoint(), region: account.region, bucket, key, seconds: 900, signer });
      },
    },
  };
}

function put(bucket: Bucket, input: JsonObject): JsonObject {
  const body = input['Body'];
  const metadata = Object.fromEntries(Object.entries(object(input, 'Metadata') ?? {}).map(([name, value]) => [name, asText(value)]));
  const contentType = text(input, 'ContentType');
  const stored = bucket.put(requiredText(input, 'Key'), body instanceof Uint8Array ? body : new Uint8Array(), { metadata, ...(contentType === undefined ? {} : { contentType }) });
  return { ETag: stored.etag, ...versionOf(stored, bucket) };
}

function get(bucket: Bucket, input: JsonObject): JsonObject {
  const stored = find(bucket, input);
  const range = /^bytes=(\d+)-(\d*)$/.exec(text(input, 'Range') ?? '');
  if (!range) return { ...factsOf(stored, bucket), Body: stored.body };
  const from = Number(range[1]);
  const to = Math.min(stored.body.length - 1, range[2] === '' ? Number.POSITIVE_INFINITY : Number(range[2]));
  if (from > to) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  const body = stored.body.subarray(from, to + 1);
  return { ...factsOf(stored, bucket), ContentLength: body.length, ContentRange: `bytes ${from}-${to}/${stored.body.length}`, Body: body };
}

function find(bucket: Bucket, input: JsonObject): StoredObject {
  const versionId = text(input, 'VersionId');
  const stored = bucket.get(requiredText(input, 'Key'), versionId);
  if (stored) return stored;
  if (versionId !== undefined) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
}

function remove(bucket: Bucket, input: JsonObject): JsonObject {
  const gone = bucket.delete(requiredText(input, 'Key'), text(input, 'VersionId'));
  return gone ? { DeleteMarker: gone.deleted, VersionId: gone.versionId } : {};
}

function factsOf(stored: StoredObject, bucket: Bucket): JsonObject {
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(stored.at),
    ContentLength: stored.body.length,
    ETag: stored.etag,
    ContentType: stored.contentType ?? 'binary/octet-stream',
    ServerSideEncryption: 'AES256',
    Metadata: stored.metadata,
    ...versionOf(stored, bucket),
  };
}

function versionOf(stored: StoredObject, bucket: Bucket): JsonObject {
  return bucket.versioned ? { VersionId: stored.versionId } : {};
}
