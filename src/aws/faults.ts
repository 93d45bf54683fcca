import { Fault } from '../domain/faults.ts';
import { maskNamed } from './named-secrets.ts';

/** An AWS call as IAM names it: 'codepipeline:GetPipeline'. */
export type Operation = `${string}:${string}`;

const THROTTLED = new Set(['Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException', 'SlowDown', 'PriorRequestNotComplete']);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'InsufficientPrivilegesException', 'InsufficientPrivileges', 'NotAuthorized', 'OptInRequired']);
const UNKNOWN_IDENTITY = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException']);
const EXPIRED_IDENTITY = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
/** The connection never came about, so nothing can have been done. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** AWS names no time; the token buckets of its control planes refill within seconds. */
const THROTTLE_PAUSE_MS = 2_000;

/** The vendor's error as a fault that says whether to try again, and whether the call may have had its effect. */
export function faultOf(error: unknown, operation: Operation, how: { readonly changes: boolean } = { changes: false }): Fault {
  if (error instanceof Fault) return error;
  const name = nameOf(error) ?? '';
  const text = textOf(error);
  if (DENIED.has(name)) return new Fault(denial(error, operation), { cause: error, retryable: false });
  if (isThrottling(error)) return new Fault(`AWS limits the rate of ${operation}: ${text}`, { cause: error, retryable: true, retryAfterMs: THROTTLE_PAUSE_MS });
  if (name === 'CredentialsProviderError') return new Fault(`AWS credentials could not be found or assumed for ${operation}: ${text}`, { cause: error, retryable: true });
  if (EXPIRED_IDENTITY.has(name)) return new Fault(`The AWS credentials have expired (${operation}): ${text}`, { cause: error, retryable: true });
  if (UNKNOWN_IDENTITY.has(name)) return new Fault(`AWS does not accept the credentials for ${operation}: ${text}. Check AWS_PROFILE, the access key or the role.`, { cause: error, retryable: false });
  if (isAnswer(error)) return new Fault(`${operation}: ${text}`, { cause: error, retryable: false });
  if (statusOf(error) === 501) return new Fault(`${operation} is not offered there: ${text}`, { cause: error, retryable: false });
  const what = statusOf(error) === undefined ? 'got no answer' : 'failed at AWS';
  return new Fault(`${operation} ${what}: ${text}`, { cause: error, retryable: true, unknownOutcome: how.changes && !neverSent(error) });
}

/** The vendor's name of the error, also where a fault was made of it. */
export function nameOf(error: unknown): string | undefined {
  const source = error instanceof Fault ? error.cause : error;
  return source instanceof Error ? source.name : undefined;
}

/** AWS's own words, which end up in threads and in the log: some quote the request, with its signature and its session's token. */
export function textOf(error: unknown): string {
  return maskNamed(rawTextOf(error));
}

function rawTextOf(error: unknown): string {
  const source = error instanceof Fault && error.cause instanceof Error ? error.cause : error;
  if (!(source instanceof Error)) return String(source);
  return source.message || codeOf(source) || source.name;
}

/** The answer, or undefined when AWS refused with one of these errors. */
export async function unless<Value>(call: Promise<Value>, ...names: readonly string[]): Promise<Value | undefined> {
  try {
    return await call;
  } catch (error) {
    if (names.includes(nameOf(error) ?? '')) return undefined;
    throw error;
  }
}

export function isDenied(error: unknown): boolean {
  return DENIED.has(nameOf(error) ?? '');
}

/** AWS understood the call and said no: nothing was changed, and the same call again gets the same answer. */
export function isRefusal(error: unknown): boolean {
  return isAnswer(error) && !isThrottling(error) && !EXPIRED_IDENTITY.has(nameOf(error) ?? '') && !UNKNOWN_IDENTITY.has(nameOf(error) ?? '');
}

/** Says which permission is missing and what to do about it. Beanstalk fetches the version's bundle with its caller's rights. */
export function denial(error: unknown, operation: Operation): string {
  const text = rawTextOf(error);
  const bucket = /Access Denied: S3Bucket=([\w.-]+)/.exec(text)?.[1];
  const action = /not authorized to perform:? ([\w-]+:\w+)/i.exec(text)?.[1] ?? (bucket === undefined ? operation : `s3:GetObject on ${bucket}`);
  const who = /User: (arn:\S+)/.exec(text)?.[1];
  const subject = who ? `${who} may not call ${action}` : `Jack may not call ${action}`;
  const deny = /explicit deny/i.test(text) ? 'A policy denies it explicitly: change that policy' : `Allow ${action} to Jack's role`;
  return `${subject}. ${deny} (\`jack iam-policy\` prints what Jack needs). AWS said: ${maskNamed(text)}`;
}

function isThrottling(error: unknown): boolean {
  return THROTTLED.has(nameOf(error) ?? '') || /^rate exceeded/i.test(textOf(error));
}

/** An answer below 500 is AWS's word on the matter. */
function isAnswer(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && status >= 400 && status < 500;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

function neverSent(error: unknown): boolean {
  return NEVER_SENT.has(codeOf(error) ?? '') || /without establishing a connection/i.test(textOf(error));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
