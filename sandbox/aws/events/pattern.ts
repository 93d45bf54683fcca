import type { Json, JsonObject } from '../../json.ts';
import { asText, isList, isObject } from '../engine/values.ts';

/**
 * Whether an EventBridge pattern takes an event: values must be among those listed; prefix, suffix, anything-but, exists
 * and equals-ignore-case are known, other matchers are refused.
 */
export function takes(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = event[name];
    if (isObject(wanted)) return isObject(value) && takes(wanted, value);
    if (!isList(wanted)) throw new TypeError(`an event pattern's "${name}" must be a list or an object`);
    const values = isList(value) ? value : [value];
    return wanted.some((matcher) => values.some((candidate) => fits(matcher, candidate)));
  });
}

function fits(matcher: Json, value: Json): boolean {
  if (!isObject(matcher)) return matcher === value;
  return Object.entries(matcher).every(([kind, operand]) => {
    switch (kind) {
      case 'prefix':
        return typeof value === 'string' && value.startsWith(asText(operand));
      case 'suffix':
        return typeof value === 'string' && value.endsWith(asText(operand));
      case 'equals-ignore-case':
        return typeof value === 'string' && value.toLowerCase() === asText(operand).toLowerCase();
      case 'exists':
        return (value !== undefined) === operand;
      case 'anything-but':
        return value !== undefined && !(isList(operand) ? operand : [operand]).includes(value);
      default:
        throw new TypeError(`the sandbox does not know the event matcher "${kind}"`);
    }
  });
}
