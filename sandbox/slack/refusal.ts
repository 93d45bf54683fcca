import type { JsonObject } from '../json.ts';

/** Slack's `{ok:false, error}`, with what else the answer carries. Thrown by whatever may not be done. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.name = 'SlackRefusal';
    this.code = code;
    this.details = details;
  }
}
