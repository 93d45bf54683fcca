import { createHash, randomBytes } from 'node:crypto';

export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
  readonly at: number;
  /** Quoted, as in ETag headers. */
  readonly etag: string;
  readonly body: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** A delete marker hides the versions before it. */
  readonly deleted: boolean;
}

/** What of an upload is kept beside its bytes. */
export interface Facts {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

export class Bucket {
  readonly name: string;
  readonly createdAt = Date.now();
  versioned = false;
  /** Newest first. */
  readonly #versions = new Map<string, StoredObject[]>();

  constructor(name: string) {
    this.name = name;
  }

  put(key: string, body: Uint8Array, facts: Facts = {}): StoredObject {
    return this.#add(key, { body, metadata: facts.metadata ?? {}, deleted: false, ...(facts.contentType === undefined ? {} : { contentType: facts.contentType }) });
  }

  /** The newest version, or this one; undefined where there is none or it is a delete marker. */
  get(key: string, versionId?: string): StoredObject | undefined {
    const versions = this.#versions.get(key) ?? [];
    const found = versionId === undefined ? versions[0] : versions.find((version) => version.versionId === versionId);
    return found?.deleted ? undefined : found;
  }

  /** Without a version: hides the object where the bucket is versioned, else forgets it. Returns the marker or version that is gone. */
  delete(key: string, versionId?: string): StoredObject | undefined {
    const versions = this.#versions.get(key) ?? [];
    if (versionId !== undefined) {
      const gone = versions.find((version) => version.versionId === versionId);
      this.#versions.set(key, versions.filter((version) => version !== gone));
      return gone;
    }
    if (this.versioned) return this.#add(key, { body: new Uint8Array(), metadata: {}, deleted: true });
    this.#versions.delete(key);
    return undefined;
  }

  /** Newest versions that are not deleted, by key. */
  list(prefix: string): readonly StoredObject[] {
    return this.all(prefix).flatMap((versions) => (versions[0] && !versions[0].deleted ? [versions[0]] : []));
  }

  /** Every key's versions, newest first, by key. */
  all(prefix: string): readonly (readonly StoredObject[])[] {
    return [...this.#versions.entries()]
      .filter(([key, versions]) => key.startsWith(prefix) && versions.length > 0)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, versions]) => versions);
  }

  #add(key: string, object: Pick<StoredObject, 'body' | 'metadata' | 'deleted' | 'contentType'>): StoredObject {
    const stored: StoredObject = {
      ...object,
      key,
      versionId: this.versioned ? randomBytes(24).toString('base64url') : 'null',
      at: Date.now(),
      etag: `"${createHash('md5').update(object.body).digest('hex')}"`,
    };
    this.#versions.set(key, this.versioned ? [stored, ...(this.#versions.get(key) ?? [])] : [stored]);
    return stored;
  }
}
