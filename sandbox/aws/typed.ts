import type { JsonObject } from '../json.ts';
import type { Caller, Handler } from './engine/service.ts';

/** A handler of an input that the engine has already checked against AWS's model. */
export function typed<Input>(handler: (input: Input, caller: Caller) => JsonObject | void): Handler {
  return (input, caller) => handler(input as unknown as Input, caller);
}
