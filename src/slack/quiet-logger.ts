import { LogLevel, type Logger } from '@slack/web-api';
import type { Log } from '../ports.ts';

/**
 * Slack's libraries log through this. Their debug and info lines carry payloads, which are people's words, so only
 * warnings and errors pass, and of those only their first line.
 */
export function quietLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn({ from: 'slack library' }, firstLine(parts)),
    error: (...parts: unknown[]) => log.error({ from: 'slack library' }, firstLine(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function firstLine(parts: readonly unknown[]): string {
  const words = parts.map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : ''));
  return (words.join(' ').trim().split('\n')[0] ?? '').replaceAll(/xox[a-z]-[\w-]+|xapp-[\w-]+/g, 'x…').slice(0, 300);
}
