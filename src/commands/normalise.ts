const QUOTES = /[“”„«»‟″]/g;
const APOSTROPHES = /[‘’‚‛′]/g;
const DASHES = /[‐‑‒–—―−]/g;

/**
 * What people meant to type: Slack's clients curl quotes, lengthen dashes, turn `@dev` into a mention and addresses
 * into links, and escape three characters.
 */
export function normalise(text: string): string {
  return text
    .replaceAll(/<([@#])[A-Z0-9]+\|([^>]*)>/g, (_, sign: string, name: string) => `${sign}${name}`)
    .replaceAll(/<!subteam\^[A-Z0-9]+\|@?([^>]*)>/g, (_, name: string) => `@${name}`)
    .replaceAll(/<(https?:[^|>]+)\|([^>]*)>/g, (_, _url: string, label: string) => label)
    .replaceAll(/<(https?:[^|>]+)>/g, (_, url: string) => url)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(QUOTES, '"')
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(DASHES, '-')
    .replaceAll(/[\s\u00a0\u200b\ufeff]+/g, ' ')
    .trim();
}

export function wordsOf(text: string): readonly string[] {
  const clean = normalise(text);
  return clean === '' ? [] : clean.split(' ');
}
