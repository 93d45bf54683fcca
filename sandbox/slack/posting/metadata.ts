import type { Json, JsonObject } from '../../json.ts';
import type { Arguments } from '../api/arguments.ts';
import { SlackRefusal } from '../refusal.ts';
import { listOf, objectOf, textOf } from '../values.ts';

/** Slack does not say its cap; this one is assumed. */
const LARGEST_BYTES = 16_000;

/** `metadata` of a call: undefined when it was not given, 'none' for the empty object that takes it away. */
export function readMetadata(args: Arguments): JsonObject | 'none' | undefined {
  const value = args.structured('metadata', 'invalid_metadata_format');
  if (value === undefined || value === null || value === '') return undefined;
  const metadata = objectOf(value);
  if (metadata === undefined) throw new SlackRefusal('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return 'none';
  const payload = objectOf(metadata['event_payload']);
  if ((textOf(metadata['event_type']) ?? '') === '' || payload === undefined) throw new SlackRefusal('invalid_metadata_schema');
  if (!Object.values(payload).every(allowedValue)) throw new SlackRefusal('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > LARGEST_BYTES) throw new SlackRefusal('metadata_too_large');
  return { event_type: metadata['event_type'], event_payload: payload };
}

/** Texts, numbers, flags, one level of objects, and lists of them. */
function allowedValue(value: Json): boolean {
  if (isScalar(value)) return true;
  const list = listOf(value);
  if (list !== undefined) return list.every((item) => isScalar(item) || isFlat(item));
  return isFlat(value);
}

function isFlat(value: Json): boolean {
  const object = objectOf(value);
  return object !== undefined && Object.values(object).every(isScalar);
}

function isScalar(value: Json): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
