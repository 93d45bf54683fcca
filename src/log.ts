import { pino, type DestinationStream, type Logger } from 'pino';

/** JSON lines to stdout. Errors are cut to what helps to find the place: vendors hang requests and tokens on theirs. */
export function createLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
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
  if (!(error instanceof Error)) return { name: typeof error, message: maskSecrets(String(error)) };
  return {
    name: error.name,
    message: maskSecrets(error.message),
    ...(error.stack !== undefined && depth === 0 && { stack: maskSecrets(error.stack) }),
    ...(error.cause !== undefined && depth < 3 && { cause: plainError(error.cause, depth + 1) }),
  };
}

const SECRETS = /xox[a-z]-[\w-]+|xapp-[\w-]+|(?:AKIA|ASIA)[A-Z0-9]{12,}|\/\/[^/\s:@]+:[^/\s@]+@|https:\/\/hooks\.slack\.com\/\S+/g;

function maskSecrets(words: string): string {
  return words.replaceAll(SECRETS, '***');
}
