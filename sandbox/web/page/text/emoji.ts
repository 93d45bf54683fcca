/** Short name → character, and its column and row in the sheet of pictures. */
export type EmojiNames = Readonly<Record<string, readonly [character: string, column: number, row: number]>>;

export interface EmojiEntry {
  readonly name: string;
  readonly character: string;
  readonly column: number;
  readonly row: number;
  /** Of the sheet. */
  readonly columns: number;
}

/** All emoji there are, by name and by character. */
export interface EmojiBook {
  byName(name: string): EmojiEntry | undefined;
  byCharacter(character: string): EmojiEntry | undefined;
  startingWith(start: string, most: number): readonly EmojiEntry[];
}

export function makeEmojiBook(names: EmojiNames): EmojiBook {
  const columns = Math.max(0, ...Object.values(names).map(([, column, row]) => Math.max(column, row))) + 1;
  const entries = Object.entries(names).map(([name, [character, column, row]]): EmojiEntry => ({ name, character, column, row, columns }));
  const named = new Map(entries.map((entry) => [entry.name, entry]));
  const drawn = new Map(entries.toReversed().map((entry) => [bare(entry.character), entry]));
  return {
    byName: (name) => named.get(name),
    byCharacter: (character) => drawn.get(bare(character)) ?? drawn.get(bare(character).replaceAll(/\p{Emoji_Modifier}/gu, '')),
    startingWith: (start, most) => entries.filter((entry) => entry.name.startsWith(start)).slice(0, most),
  };
}

/** Without the selector that asks for the coloured form: people write both. */
function bare(character: string): string {
  return character.replaceAll('\uFE0F', '');
}

const EM = 1.3;
const CELL = 34 / 32;

/** Where the picture is: cells are 34 pixels with one of border around each picture of 32. */
export function placeOnSheet({ column, row, columns }: EmojiEntry): { readonly backgroundSize: string; readonly backgroundPosition: string } {
  const place = (at: number): string => `${-(at * CELL + 1 / 32) * EM}em`;
  return { backgroundSize: `${columns * CELL * EM}em`, backgroundPosition: `${place(column)} ${place(row)}` };
}
