import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { maskNamed } from './aws/named-secrets.ts';

/**
 * JSON lines to stdout. Errors are cut to what helps to find the place: vendors hang requests and tokens on theirs.
 * What looks like a secret is masked in every text.
 */
export function createLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: withMaskedTexts },
    hooks: { logMethod: masking },
    serializers: { err: plainError },
  };
  return to ? pino(options, to) : pino(options);
}

interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: PlainError;
}

/** Name, words, place and causes of an error; what looks like a secret is masked. */
export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { name: typeof error, message: maskNamed(String(error)) };
  return {
    name: error.name,
    message: maskNamed(error.message),
    ...(error.stack !== undefined && depth === 0 && { stack: maskNamed(error.stack) }),
    ...(error.cause !== undefined && depth < 3 && { cause: plainError(error.cause, depth + 1) }),
  };
}

/** The fields' own texts; errors are masked where they are written out. */
function withMaskedTexts(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? maskNamed(value) : value]));
}

/** The message itself: Slack's libraries put addresses into theirs. */
function masking(this: Logger, parts: Parameters<LogFn>, write: LogFn): void {
  write.apply(this, parts.map((part: unknown) => (typeof part === 'string' ? maskNamed(part) : part)) as Parameters<LogFn>);
}
