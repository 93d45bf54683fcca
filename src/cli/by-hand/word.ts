/** A value in a line for the shell: as an argument of its own, and inside the double quotes of a `--query`. */
export interface Word {
  /** Absent: a variable of the shell. */
  readonly text?: string;
  readonly argument: string;
  readonly inQuery: string;
  /** It begins with a dash, so the command line would take it for an option. */
  readonly dashed?: true;
}

/** What is known, quoted so that the shell passes on exactly this. */
export function literal(text: string): Word {
  return { text, argument: quoted(text), inQuery: inDoubleQuotes(inRawString(text)), ...(text.startsWith('-') && { dashed: true }) };
}

/** What the reader sets before: `"$NAME"`. */
export function variable(name: string): Word {
  return { argument: `"$${name}"`, inQuery: `$${name}` };
}

/** One argument of several parts, as `actionName=Source,revisionValue="$COMMIT"`. */
export function joined(...parts: readonly (string | Word)[]): Word {
  const merged: (string | Word)[] = [];
  for (const part of parts) {
    const text = typeof part === 'string' ? part : part.text;
    const last = merged.at(-1);
    if (text !== undefined && typeof last === 'string') merged[merged.length - 1] = `${last}${text}`;
    else merged.push(text ?? part);
  }
  return {
    argument: merged.map((part) => (typeof part === 'string' ? (SAFE.test(part) ? part : quoted(part)) : part.argument)).join(''),
    inQuery: merged.map((part) => (typeof part === 'string' ? literal(part) : part).inQuery).join(''),
  };
}

/** A JMESPath expression; words stand in it as `'${word}'`. */
export function query(texts: TemplateStringsArray, ...words: readonly Word[]): Word {
  const all = texts.join('');
  if (words.length === 0 && !all.includes("'")) return literal(all);
  const inQuery = texts.map((text, at) => `${inDoubleQuotes(text)}${words[at]?.inQuery ?? ''}`).join('');
  return { argument: `"${inQuery}"`, inQuery };
}

/** Needs no quotes inside a word. */
const SAFE = /^[\w@%+:,./=-]+$/;
/** Control characters and invisible ones that a terminal would obey. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The text without them. */
export function withoutUnseen(text: string): string {
  return text.replaceAll(new RegExp(`${UNSEEN.source}+`, 'gu'), ' ').trim();
}

/** For bash, zsh and other POSIX shells; only a text with unseen characters needs the `$'…'` of the first two. */
export function quoted(text: string): string {
  if (SAFE.test(text) && !/^[-=]/.test(text)) return text;
  if (!UNSEEN.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(new RegExp(UNSEEN, 'gu'), (one) => byNumber(one.codePointAt(0) ?? 0));
  return `$'${escaped}'`;
}

function byNumber(point: number): string {
  const digits = point.toString(16);
  return point > 0xff_ff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}

/** `!` is the history of an interactive shell even there, so it stands in single quotes. */
function inDoubleQuotes(text: string): string {
  return text.replaceAll(/[\\"$`]/g, String.raw`\$&`).replaceAll('!', `"'!'"`);
}

/** Between JMESPath's single quotes AWS's command line knows this escape and no other. */
function inRawString(text: string): string {
  return text.replaceAll("'", String.raw`\'`);
}
