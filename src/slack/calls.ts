import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports.ts';
import { quietLogger } from './quiet-logger.ts';

/** The two ways in which Jack calls Slack's Web API. Both throw at once when Slack asks to slow down. */
export interface SlackCalls {
  /** Exactly one request: for what changes something. A repeat would post twice (Slack knows no idempotency key). */
  readonly once: WebClient;
  /** Tried again twice: for what only looks. */
  readonly reading: WebClient;
}

export interface CallSettings {
  readonly token: string;
  /** Absent: Slack's own. */
  readonly slackApiUrl?: string;
  readonly log: Log;
  readonly timeoutMs?: number;
  readonly fetch?: NonNullable<WebClientOptions['fetch']>;
}

/** Connects the clients; no request is made yet. */
export function slackCalls(settings: CallSettings): SlackCalls {
  const options = (retryConfig: NonNullable<WebClientOptions['retryConfig']>): WebClientOptions => ({
    ...(settings.slackApiUrl !== undefined && { slackApiUrl: settings.slackApiUrl }),
    ...(settings.fetch && { fetch: settings.fetch }),
    logger: quietLogger(settings.log),
    timeout: settings.timeoutMs ?? 10_000,
    rejectRateLimitedCalls: true,
    retryConfig,
  });
  return {
    once: new WebClient(settings.token, options({ retries: 0 })),
    reading: new WebClient(settings.token, options({ retries: 2, factor: 2, minTimeout: 300 })),
  };
}
