import type { Channel } from '../workspace/people.ts';
import { SlackRefusal } from '../refusal.ts';

/** Throws `missing_scope`, with what was needed and what the token has, unless one of the scopes was granted. */
export function requireScope(granted: readonly string[], oneOf: readonly string[]): void {
  if (oneOf.length === 0 || oneOf.some((scope) => granted.includes(scope))) return;
  throw new SlackRefusal('missing_scope', { needed: oneOf.join(','), provided: granted.join(',') });
}

/** 'channels:history' for a public channel, 'groups:history' for a private one, 'im:history' for direct messages. */
export function scopeFor(channel: Channel, what: 'history' | 'read'): string {
  const family = { channel: 'channels', private: 'groups', im: 'im' }[channel.kind];
  return `${family}:${what}`;
}
