import { readDoor } from './door.ts';

/** Which part of the sandbox an answer is about; a change there makes it be asked again. */
export type Area = 'slack' | 'aws' | 'control';

interface Entry {
  readonly area: Area;
  readonly watchers: Set<() => void>;
  text?: string;
  answer: { readonly value?: unknown; readonly error?: string };
  asking: boolean;
  stale: boolean;
}

const entries = new Map<string, Entry>();

/** Watches one GET of the door: asked now, and again after every change of its area. Returns how to stop. */
export function watchAnswer(path: string, area: Area, watcher: () => void): () => void {
  const entry = entries.get(path) ?? { area, watchers: new Set(), answer: {}, asking: false, stale: false };
  entries.set(path, entry);
  entry.watchers.add(watcher);
  void askAgain(path, entry);
  return () => entry.watchers.delete(watcher);
}

/** The last answer, also of a path that nobody watches any more. The same object until it changes. */
export function lastAnswer(path: string): { readonly value?: unknown; readonly error?: string } {
  return entries.get(path)?.answer ?? NOTHING;
}

/** Something changed there: everything that is watched is asked again. */
export function touchArea(area: Area): void {
  for (const [path, entry] of entries) {
    if (entry.area === area && entry.watchers.size > 0) void askAgain(path, entry);
  }
}

/** After a reset nothing that was seen is true. */
export function forgetAnswers(): void {
  for (const [path, entry] of entries) {
    if (entry.watchers.size === 0) entries.delete(path);
    else void askAgain(path, entry);
  }
}

const NOTHING = {};

async function askAgain(path: string, entry: Entry): Promise<void> {
  if (entry.asking) {
    entry.stale = true;
    return;
  }
  entry.asking = true;
  do {
    entry.stale = false;
    await askOnce(path, entry);
  } while (entry.stale);
  entry.asking = false;
}

async function askOnce(path: string, entry: Entry): Promise<void> {
  const before = entry.answer;
  try {
    const text = await readDoor(path);
    if (text === entry.text && before.error === undefined) return;
    entry.text = text;
    entry.answer = { value: JSON.parse(text) };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    if (sentence === before.error) return;
    entry.answer = { value: before.value, error: sentence };
  }
  for (const watcher of entry.watchers) watcher();
}
