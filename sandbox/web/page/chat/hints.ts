import type { Workspace } from '../door/shapes.ts';
import type { EmojiBook, EmojiEntry } from '../text/emoji.ts';

/** One line of the list above the composer. Choosing it puts `insert` in place of what was typed from `from` on. */
export interface Hint {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  /** A user's id, for the picture. */
  readonly person?: string;
  readonly emoji?: EmojiEntry;
  readonly insert: string;
  readonly from: number;
}

export interface Hints {
  readonly title: string;
  readonly items: readonly Hint[];
}

const LIMIT = 8;

/** What could be meant by what stands before the caret: a command at the start, '@' a person or group, ':' an emoji. */
export function findHints(text: string, caret: number, workspace: Workspace, emoji: EmojiBook): Hints | undefined {
  const before = text.slice(0, caret);
  const hints = findCommands(before, workspace) ?? findPeople(before, workspace) ?? findEmoji(before, emoji);
  return hints && hints.items.length > 0 ? hints : undefined;
}

function findCommands(before: string, workspace: Workspace): Hints | undefined {
  if (!/^\/\S*$/.test(before)) return undefined;
  const items = workspace.commands
    .filter((command) => command.command.startsWith(before.toLowerCase()))
    .map((command) => ({ key: command.command, label: `${command.command} ${command.usageHint ?? ''}`.trim(), detail: command.description, insert: `${command.command} `, from: 0 }));
  return { title: 'Commands', items };
}

function findPeople(before: string, workspace: Workspace): Hints | undefined {
  const match = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!match) return undefined;
  const typed = (match[1] ?? '').toLowerCase();
  const from = before.length - typed.length - 1;
  const people = workspace.users
    .filter((person) => person.role !== 'deactivated')
    .map((person) => ({ key: person.id, label: person.realName, detail: `@${person.name}`, person: person.id, insert: `@${person.name} `, from }));
  const groups = workspace.usergroups.map((group) => {
    const handle = group.handle.replace(/^@/, '');
    return { key: group.id, label: `@${handle}`, detail: group.name ?? 'User group', insert: `@${handle} `, from };
  });
  const matches = (hint: Hint): boolean => `${hint.label} ${hint.detail}`.toLowerCase().split(/[\s@]+/).some((word) => word.startsWith(typed));
  return { title: 'People', items: [...people, ...groups].filter(matches).slice(0, LIMIT) };
}

function findEmoji(before: string, emoji: EmojiBook): Hints | undefined {
  const match = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
  const typed = match?.[1];
  if (typed === undefined) return undefined;
  const from = before.length - typed.length - 1;
  const items = emoji.startingWith(typed, LIMIT).map((entry) => ({ key: entry.name, label: `:${entry.name}:`, detail: '', emoji: entry, insert: `:${entry.name}: `, from }));
  return { title: 'Emoji', items };
}

/** The command that is being written, once its name is complete: for the usage line. */
export function findUsage(text: string, workspace: Workspace): { readonly command: string; readonly usage: string; readonly description: string } | undefined {
  const name = /^(\/\S+)\s/.exec(text)?.[1];
  const command = workspace.commands.find((candidate) => candidate.command === name);
  return command && { command: command.command, usage: command.usageHint ?? '', description: command.description };
}

/** The text after a hint was chosen, and where the caret goes. */
export function takeHint(text: string, caret: number, hint: Hint): { readonly text: string; readonly caret: number } {
  const after = text.slice(caret).replace(/^ /, '');
  return { text: text.slice(0, hint.from) + hint.insert + after, caret: hint.from + hint.insert.length };
}
