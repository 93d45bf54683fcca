import type { Operation, ServiceModel } from '../model.ts';
import type { WireRequest } from '../wire.ts';

/** Where an S3 request points: path style, or virtual-host style ('bucket.localhost'). */
export function s3Place(request: WireRequest): { readonly bucket: string; readonly key: string } {
  const hosted = /^(.+)\.(?:localhost|s3[^:]*)(?::\d+)?$/.exec(request.headers['host'] ?? '')?.[1];
  const path = decodeURIComponent(request.path.slice(1));
  if (hosted !== undefined) return { bucket: hosted, key: path };
  const slash = path.indexOf('/');
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

/** The operation whose method, path and query words fit; '<method> …' where none does. */
export function s3Operation(model: ServiceModel, request: WireRequest): string {
  const { bucket, key } = s3Place(request);
  const query = new URLSearchParams(request.query);
  const fitting = Object.values(model.operations).filter(({ http }) => {
    const [path = '', words = ''] = http.requestUri.split('?');
    if (http.method !== request.method || path.includes('{Key+}') !== (key !== '') || bucket === '') return false;
    return [...new URLSearchParams(words)].every(([name, value]) => query.get(name) === value);
  });
  const best = fitting.toSorted((one, other) => markers(other) - markers(one))[0];
  const unknown = [...query.keys()].find((name) => /^(acl|policy|uploads|uploadId|tagging|location|lifecycle|cors|delete|attributes|copy)$/.test(name));
  return best && unknown === undefined ? best.name : `${request.method} ${request.path}${unknown === undefined ? '' : `?${unknown}`}`;
}

/** How long its query words are: the operation that asks for most of them is meant. */
function markers(operation: Operation): number {
  return (operation.http.requestUri.split('?')[1] ?? '').length;
}
