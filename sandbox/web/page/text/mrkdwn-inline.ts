import { unescapeText, type Inline } from './inline.ts';
import { readReference } from './reference.ts';

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

/** One or more lines of mrkdwn. With `plain` only emoji names and line ends mean something. */
export function parseInlines(text: string, options: { readonly plain?: boolean } = {}): readonly Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = (): void => {
    if (plain !== '') parts.push({ kind: 'text', text: unescapeText(plain) });
    plain = '';
  };
  while (at < text.length) {
    const found = readAt(text, at, options.plain === true);
    if (found) {
      flush();
      parts.push(found.part);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return parts;
}

/** Inside code: links and mentions count, marks and emoji do not. */
export function parseReferences(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(/<([^<>\n]+)>/g)) {
    const reference = readReference(match[1] ?? '');
    if (!reference) continue;
    if (match.index > from) parts.push({ kind: 'text', text: unescapeText(text.slice(from, match.index)) });
    parts.push(reference);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: unescapeText(text.slice(from)) });
  return parts;
}

interface Found {
  readonly part: Inline;
  readonly end: number;
}

function readAt(text: string, at: number, plain: boolean): Found | undefined {
  const character = text[at];
  if (character === '\n') return { part: { kind: 'break' }, end: at + 1 };
  if (character === ':') return readEmoji(text, at);
  if (plain) return undefined;
  if (character === '<') return readBrackets(text, at);
  if (character === '`') return readCode(text, at);
  return character === '*' || character === '_' || character === '~' ? readMarked(text, at, character) : undefined;
}

function readEmoji(text: string, at: number): Found | undefined {
  const match = /^:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/.exec(text.slice(at, at + 80));
  const name = match?.[1];
  return match && name !== undefined && !/^\d+$/.test(name) ? { part: { kind: 'emoji', name }, end: at + match[0].length } : undefined;
}

function readBrackets(text: string, at: number): Found | undefined {
  const close = text.indexOf('>', at);
  if (close < 0) return undefined;
  const part = readReference(text.slice(at + 1, close));
  return part && { part, end: close + 1 };
}

function readCode(text: string, at: number): Found | undefined {
  const close = text.indexOf('`', at + 1);
  const inside = text.slice(at + 1, close);
  if (close < 0 || inside === '' || inside.includes('\n')) return undefined;
  return { part: { kind: 'code', parts: parseReferences(inside) }, end: close + 1 };
}

/** `*bold*`: the marks touch the words within and stand apart from the words without, on one line. */
function readMarked(text: string, at: number, mark: '*' | '_' | '~'): Found | undefined {
  const before = text[at - 1];
  const first = text[at + 1];
  if ((before !== undefined && /[\p{L}\p{N}]/u.test(before)) || first === undefined || /\s/.test(first) || first === mark) return undefined;
  for (let close = text.indexOf(mark, at + 2); close > 0; close = text.indexOf(mark, close + 1)) {
    const inside = text.slice(at + 1, close);
    if (inside.includes('\n')) return undefined;
    const after = text[close + 1];
    const stands = !/\s$/.test(inside) && (after === undefined || !/[\p{L}\p{N}]/u.test(after));
    if (stands && isBalanced(inside)) return { part: { kind: MARKS[mark], parts: parseInlines(inside) }, end: close + 1 };
  }
  return undefined;
}

/** A mark within a link or a code span ends nothing. */
function isBalanced(inside: string): boolean {
  const open = inside.split('<').length === inside.split('>').length;
  return open && inside.split('`').length % 2 === 1;
}
