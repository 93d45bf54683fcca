import type { Json } from '../../../json.ts';

/** A handler of the sandbox returned what AWS's model does not have: our own mistake, answered as InternalFailure. */
export function misfit(path: string, wanted: string, value: Json): TypeError {
  return new TypeError(`a handler's answer does not fit AWS's model: ${path} must be ${wanted}, not ${JSON.stringify(value)}`);
}
