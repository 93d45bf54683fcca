import type { Json, JsonObject } from '../../json.ts';
import { SlackRefusal } from '../refusal.ts';
import { flagOf, numberOf, textOf } from '../values.ts';

/** What a call carries. SDKs send forms whose structured fields are JSON in text; JSON bodies carry them as they are. */
export class Arguments {
  readonly raw: JsonObject;

  constructor(raw: JsonObject) {
    this.raw = raw;
  }

  has(name: string): boolean {
    return this.raw[name] !== undefined && this.raw[name] !== null && this.raw[name] !== '';
  }

  text(name: string): string | undefined {
    const value = this.raw[name];
    return typeof value === 'number' ? String(value) : textOf(value);
  }

  /** Throws `invalid_arguments` when it is absent. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw invalidArguments([`missing required field: ${name}`]);
    return value;
  }

  flag(name: string): boolean {
    return flagOf(this.raw[name]) ?? false;
  }

  number(name: string): number | undefined {
    return numberOf(this.raw[name]);
  }

  /** A structured field; `refusal` is Slack's error for one that cannot be read. */
  structured(name: string, refusal: string): Json {
    const value = this.raw[name];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    try {
      return JSON.parse(value) as Json;
    } catch (error) {
      throw new SlackRefusal(refusal, { detail: error instanceof Error ? error.message : String(error) });
    }
  }

  /** All fields with their JSON read, for the record of calls. */
  readable(): JsonObject {
    return Object.fromEntries(Object.entries(this.raw).flatMap(([name, value]) => (name === 'token' ? [] : [[name, readJson(value)]])));
  }
}

/** Slack's refusal of arguments that do not fit, one `[ERROR]` line a problem. */
export function invalidArguments(problems: readonly string[]): SlackRefusal {
  return new SlackRefusal('invalid_arguments', { response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) } });
}

function readJson(value: Json): Json {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
