import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Arguments } from './arguments.ts';
import type { Tier } from './rate-limits.ts';

/** One Web API call that passed its token, scope and rate checks. */
export interface Call {
  readonly slack: Slack;
  readonly workspace: Workspace;
  readonly args: Arguments;
}

/** One method of the Web API. */
export interface Method {
  readonly name: string;
  /** Any one of these lets a bot call it; none needed when empty. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  readonly mutates: boolean;
  readonly token: 'bot' | 'app' | 'any' | 'none';
  /** The answer without `ok`. Throws `SlackRefusal`. */
  readonly run: (call: Call) => JsonObject | Promise<JsonObject>;
}
