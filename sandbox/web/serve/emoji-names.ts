import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

interface EmojiRow {
  readonly short_names: readonly string[];
  /** '1F44D-FE0F' */
  readonly unified: string;
  readonly sheet_x: number;
  readonly sheet_y: number;
}

/** Short name → character, and its column and row in the sheet of pictures. */
export type EmojiNames = Readonly<Record<string, readonly [character: string, column: number, row: number]>>;

const find = createRequire(import.meta.url).resolve;

/** Slack's short names (emoji-datasource carries Slack's own). */
export async function readEmojiNames(): Promise<EmojiNames> {
  const rows = JSON.parse(await readFile(find('emoji-datasource/emoji.json'), 'utf8')) as readonly EmojiRow[];
  const names: Record<string, readonly [string, number, number]> = {};
  for (const row of rows) {
    const character = row.unified.split('-').map((hex) => String.fromCodePoint(Number.parseInt(hex, 16))).join('');
    for (const name of row.short_names) names[name] = [character, row.sheet_x, row.sheet_y];
  }
  return names;
}

/** Noto's pictures of all emoji (Apache License 2.0) on one sheet: not every browser draws the colour font. */
export async function readEmojiSheet(): Promise<Uint8Array> {
  return readFile(find('emoji-datasource/img/google/sheets/32.png'));
}
