import type { Json, JsonObject } from '../json.ts';

/** One route of the control door. Each part of the sandbox brings its own; `sandbox/README.md` lists them all (a test compares). */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Segments that begin with ':' are parameters: '/slack/as/:user'. */
  readonly path: string;
  /** One line for the README. */
  readonly summary: string;
  /** `args` are the path's parameters, the query and the JSON body, in one object. Throw `ControlError` for a bad request. */
  run(args: JsonObject): Promise<Json> | Json;
}

/** Answered as HTTP 400 `{error}` (or the given status): says what was wrong with the request. */
export class ControlError extends Error {
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** Something changed that a page or a test may want to look at again. `GET /changes` streams these (server-sent events). */
export interface Change {
  readonly area: 'slack' | 'aws' | 'control';
}
