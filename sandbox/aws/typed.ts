import type { JsonObject } from '../json.ts';
import type { Caller, Handler } from './engine/service.ts';

/** A handler of an input that the engine has already checked against AWS's model; `Input` says that model's shape. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names the shape that the caller's function reads
export function typed<Input>(handler: (input: Input, caller: Caller) => JsonObject | void): Handler {
  return (input, caller) => handler(input as unknown as Input, caller);
}
