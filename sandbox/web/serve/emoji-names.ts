import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

interface EmojiRow {
  readonly short_names: readonly string[];
  /** '1F44D-FE0F' */
  readonly unified: string;
}

/** Slack's short names and their characters: `{ thumbsup: '👍', … }` (emoji-datasource carries Slack's own names). */
export async function readEmojiNames(): Promise<Readonly<Record<string, string>>> {
  const file = createRequire(import.meta.url).resolve('emoji-datasource/emoji.json');
  const rows = JSON.parse(await readFile(file, 'utf8')) as readonly EmojiRow[];
  const names: Record<string, string> = {};
  for (const row of rows) {
    const character = row.unified.split('-').map((hex) => String.fromCodePoint(Number.parseInt(hex, 16))).join('');
    for (const name of row.short_names) names[name] = character;
  }
  return names;
}
