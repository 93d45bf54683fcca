import { safeUrl, unescapeText, type Inline } from './inline.ts';

/** What stands between `<` and `>`: a link, a mention, a date. Undefined where Slack would show the brackets. */
export function readReference(inside: string): Inline | undefined {
  const [head = '', ...rest] = inside.split('|');
  const label = rest.length > 0 ? unescapeText(rest.join('|')) : undefined;
  if (head.startsWith('@')) return mention('user', head.slice(1), label);
  if (head.startsWith('#')) return mention('channel', head.slice(1), label);
  if (head.startsWith('!')) return readCommand(head.slice(1), label);
  const url = safeUrl(unescapeText(head));
  return url === undefined ? undefined : { kind: 'link', url, parts: [{ kind: 'text', text: label ?? url.replace(/^mailto:/i, '') }] };
}

function mention(kind: 'user' | 'channel' | 'usergroup', id: string, label: string | undefined): Inline | undefined {
  if (!/^[A-Z0-9]+$/.test(id)) return undefined;
  return label === undefined ? { kind, id } : { kind, id, label };
}

function readCommand(command: string, label: string | undefined): Inline | undefined {
  if (/^(?:here|channel|everyone)$/.test(command)) return { kind: 'broadcast', range: command };
  const [word, id = '', ...format] = command.split('^');
  if (word === 'subteam') return mention('usergroup', id, label?.replace(/^@/, ''));
  if (word === 'date') return readDate(id, format, label ?? '');
  return undefined;
}

function readDate(seconds: string, [format, link]: readonly string[], fallback: string): Inline | undefined {
  if (!/^\d+$/.test(seconds) || format === undefined) return undefined;
  const url = link === undefined ? undefined : safeUrl(unescapeText(link));
  return { kind: 'date', unix: Number(seconds), format, fallback, ...(url === undefined ? {} : { url }) };
}
