import { createContext, useContext } from 'react';
import type { Person, Workspace } from '../door/shapes.ts';
import type { EmojiBook } from './emoji.ts';

/** Who reads, where and when, and what the ids in texts are called. */
export interface Reader {
  readonly me: string;
  readonly now: number;
  readonly timeZone: string;
  readonly myGroups: readonly string[];
  readonly locale: string;
  readonly emoji: EmojiBook;
  userName(id: string): string | undefined;
  channelName(id: string): string | undefined;
  groupName(id: string): string | undefined;
  person(id: string): Person | undefined;
}

const ReaderContext = createContext<Reader | undefined>(undefined);

export const ReaderProvider = ReaderContext.Provider;

/** Throws outside of the page's frame. */
export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (!reader) throw new Error('A text was drawn outside of the page.');
  return reader;
}

export function makeReader(workspace: Workspace, me: string, now: number, emoji: EmojiBook): Reader {
  const people = new Map(workspace.users.map((person) => [person.id, person]));
  const channels = new Map(workspace.channels.map((channel) => [channel.id, channel.name]));
  const groups = new Map(workspace.usergroups.map((group) => [group.id, group.handle.replace(/^@/, '')]));
  return {
    me,
    now,
    emoji,
    // The page speaks English; how it writes the clock is the reader's.
    // (A bare machine's browser may say 'en-US@posix', which is no language tag.)
    locale: /^en(?:-[A-Z]{2})?(?=@|$)/.exec(navigator.language)?.[0] ?? 'en-US',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    myGroups: workspace.usergroups.filter((group) => group.users?.includes(me)).map((group) => group.id),
    userName: (id) => people.get(id)?.realName,
    channelName: (id) => channels.get(id),
    groupName: (id) => groups.get(id),
    person: (id) => people.get(id),
  };
}
