import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { Fault } from '../domain/faults.ts';

/** What was being done when Slack said no. */
export interface SlackCall {
  /** 'chat.postMessage', … */
  readonly method: string;
  readonly channel?: string;
}

/** Slack's own errors of a moment: it may have acted all the same. */
const SHAKY = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Names of errors that say the request never left this machine. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Trouble that a person mends in Slack; asked again at this pace until they have. */
const MENDED_BY_PEOPLE_MS = 30_000;

/** Turns what the Web API client throws into a fault that says what to do. */
export function faultOf(error: unknown, call: SlackCall): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error, call);
  if (error instanceof WebAPIPlatformError) return platformFault(error, call);
  if (error instanceof WebAPIHTTPError) {
    const message = `Slack answered ${call.method} with HTTP ${error.statusCode}`;
    return new Fault(message, { cause: error, retryable: true, unknownOutcome: error.statusCode >= 500 });
  }
  const code = error instanceof WebAPIRequestError ? networkCode(error.original) : undefined;
  const neverSent = code !== undefined && NEVER_SENT.has(code);
  const message = neverSent ? `Slack cannot be reached (${code})` : `Slack did not answer ${call.method}`;
  return new Fault(message, { cause: error, retryable: true, unknownOutcome: !neverSent });
}

/** Whether the fault comes from Slack's asking to slow down. */
export function isRateLimit(fault: Fault): boolean {
  const word = platformError(fault.cause);
  return fault.cause instanceof WebAPIRateLimitedError || word === 'ratelimited' || word === 'rate_limited';
}

/** Slack's word for a refusal ('channel_not_found', …), or undefined when it was something else. */
export function platformError(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** The system's code of a network error ('ECONNREFUSED', …), found through its causes. */
export function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code?.startsWith('E') || code?.startsWith('UND_ERR')) return code;
  if (error instanceof AggregateError) return networkCode(error.errors[0]);
  return networkCode(error.cause);
}

function rateLimited(error: WebAPIRateLimitedError, call: SlackCall): Fault {
  const message = `Slack asks to slow down (${call.method}${where(call)})`;
  return new Fault(message, { cause: error, retryable: true, retryAfterMs: error.retryAfter * 1000 });
}

function platformFault(error: WebAPIPlatformError, call: SlackCall): Fault {
  const word = error.data.error;
  if (SHAKY.has(word)) {
    return new Fault(`Slack answered ${call.method} with ${word}`, { cause: error, retryable: true, unknownOutcome: true });
  }
  if (word === 'ratelimited' || word === 'rate_limited') {
    return new Fault(`Slack asks to slow down (${call.method}${where(call)})`, { cause: error, retryable: true, retryAfterMs: 1000 });
  }
  const advice = adviceFor(error, call);
  const message = `Slack refused ${call.method}${where(call)}: ${word}. ${advice ?? detail(error)}`.trim();
  return new Fault(message, { cause: error, retryable: advice !== undefined, ...(advice !== undefined && { retryAfterMs: MENDED_BY_PEOPLE_MS, needsPeople: true }) });
}

function adviceFor(error: WebAPIPlatformError, call: SlackCall): string | undefined {
  const channel = call.channel ?? 'the channel';
  switch (error.data.error) {
    case 'not_in_channel':
      return `Invite Jack there: /invite @Jack in ${channel}.`;
    case 'channel_not_found':
      return `Check the id ${channel} in jack.yml; if the channel is private, type /invite @Jack in it.`;
    case 'is_archived':
      return `Unarchive ${channel}, or name another channel in jack.yml.`;
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'restricted_action_thread_only_channel':
      return `The workspace lets only some people post in ${channel}: allow Jack there.`;
    case 'missing_scope':
      return `Add the scope ${String(Reflect.get(error.data, 'needed') ?? '')} under OAuth & Permissions and install the app again.`;
    case 'invalid_auth':
    case 'not_authed':
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
      return 'Set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.';
    case 'plan_upgrade_required':
      return 'User groups need a paid Slack plan: name people by their user ids in jack.yml instead.';
    default:
      return undefined;
  }
}

/** Slack's own lines about what is wrong in a message or view, for the log and for whoever mends it. */
function detail(error: WebAPIPlatformError): string {
  return (error.data.response_metadata?.messages ?? []).join(' ').slice(0, 600);
}

function where(call: SlackCall): string {
  return call.channel === undefined ? '' : ` in ${call.channel}`;
}
