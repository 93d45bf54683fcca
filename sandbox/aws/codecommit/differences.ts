import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import type { Commit } from '../account.ts';
import { number, text } from '../engine/values.ts';

/** GetDifferences: which files one commit has otherwise than another; all files where there is no commit before. */
export function differences(input: JsonObject, before: Commit | undefined, after: Commit): JsonObject {
  const [one, other] = [before?.files ?? {}, after.files];
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  const within = text(input, 'afterPath');
  const changed = paths.filter((path) => one[path] !== other[path] && (within === undefined || path.startsWith(within)));
  const from = Number(text(input, 'NextToken') ?? '0');
  const to = from + (number(input, 'MaxResults') ?? 400);
  return {
    differences: changed.slice(from, to).map((path) => ({
      ...(one[path] === undefined ? {} : { beforeBlob: blob(path, one[path]) }),
      ...(other[path] === undefined ? {} : { afterBlob: blob(path, other[path]) }),
      changeType: one[path] === undefined ? 'A' : other[path] === undefined ? 'D' : 'M',
    })),
    ...(to < changed.length ? { NextToken: String(to) } : {}),
  };
}

function blob(path: string, content: string): JsonObject {
  return { blobId: createHash('sha1').update(`blob ${Buffer.byteLength(content)}\0${content}`).digest('hex'), path, mode: '100644' };
}
