import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { read, type Seen } from './messages.ts';
import type { Stage } from './stage.ts';

/** Something that a person did; Slack shows slash commands and clicks to nobody. */
export interface Line {
  readonly at: number;
  readonly who: string;
  readonly text: string;
  readonly channel: string;
}

/** Everybody whose eyes are borrowed. */
export const CAST = ['ada', 'grace', 'linus', 'olive', 'gus', 'min', 'ext'] as const;
const NAMES: Readonly<Record<string, string>> = {
  U0ADA00001: 'ada', U0GRACE001: 'grace', U0LINUS001: 'linus', U0OLIVE001: 'olive', U0GUS00001: 'gus', U0MIN00001: 'min', U0EXT00001: 'ext', U0JACK0001: 'Jack', S0APPROVE1: 'release-approvers',
};

interface Entry {
  readonly at: number;
  readonly ts?: string;
  readonly who: string;
  readonly text: string;
  readonly root?: string;
  readonly only?: string;
  readonly edited: boolean;
  readonly broadcast: boolean;
}

/** The channel as everyone sees it in the end, replies under their root, private answers marked, ids and times made equal. */
export async function writeTranscript(stage: Stage, channel: string, withPrivate = true, equal = equaliser()): Promise<string> {
  const entries = await entriesOf(stage, channel, CAST);
  if (!withPrivate) for (const [key, entry] of entries) if (entry.only !== undefined) entries.delete(key);
  return `${equal(told(entries, withPrivate ? stage.lines.filter((line) => line.channel === channel) : []).join('\n'))}\n`;
}

/** The direct messages between each person and Jack, under the person's name; empty where there are none. */
export async function writeDirect(stage: Stage): Promise<string> {
  const talks: string[] = [];
  for (const name of CAST) {
    const entries = await entriesOf(stage, 'jack', [name]);
    const lines = told(entries, stage.lines.filter((line) => line.channel === 'jack' && line.who === name));
    if (lines.length > 0) talks.push(`-- between Jack and ${name} alone\n${lines.join('\n')}\n`);
  }
  return talks.join('');
}

/** What these people see there, each message once. */
async function entriesOf(stage: Stage, channel: string, people: readonly string[]): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (const name of people) {
    const seen = await stage.person(name).sees(channel).catch(() => [] as readonly Seen[]);
    for (const message of seen) {
      const key = message.ephemeral ? `${name}:${message.ts}` : message.ts;
      if (!entries.has(key)) entries.set(key, entryOf(message, name));
    }
  }
  return entries;
}

/** In the order of time, replies under their root. */
function told(entries: ReadonlyMap<string, Entry>, lines: readonly Line[]): readonly string[] {
  const said = lines.filter(({ text }) => text.startsWith('/') || text.startsWith('clicks') || text.startsWith('fills') || text.startsWith('('));
  const top: Entry[] = [...[...entries.values()].filter((entry) => entry.root === undefined || entry.only !== undefined), ...said.map((line) => ({ at: line.at, who: line.who, text: line.text, edited: false, broadcast: false }))];
  return lockFirst(top.sort((a, b) => a.at - b.at))
    .flatMap((entry) => {
      if (entry.ts === undefined || entry.only !== undefined) return written(entry, '');
      const replies = [...entries.values()].filter((one) => one.root === entry.ts && one.only === undefined).sort((a, b) => a.at - b.at);
      return [...written(entry, ''), ...replies.flatMap((reply) => written(reply, '    '))];
    });
}

/** Whether the thread of a rollback or that of the lock that it took comes first is chance: they are posted side by side. */
function lockFirst(top: readonly Entry[]): readonly Entry[] {
  const at = top.findIndex(({ text }, index) => {
    const number = /Taken by the rollback (#\d+),/.exec(text)?.[1];
    return number !== undefined && top[index - 1]?.text.includes(`\n${number}  ·  asked by`) === true;
  });
  const [release, lock] = top.slice(at - 1, at + 1);
  return at < 1 || !release || !lock ? top : [...top.slice(0, at - 1), lock, release, ...top.slice(at + 1)];
}

function entryOf(message: Seen, seenBy: string): Entry {
  return {
    at: Number(message.ts) * 1000,
    ts: message.ts,
    who: NAMES[message.user] ?? message.user,
    text: read(message),
    ...(message.thread_ts !== undefined && message.thread_ts !== message.ts && { root: message.thread_ts }),
    ...(message.ephemeral === true && { only: seenBy }),
    edited: message.edited !== undefined,
    broadcast: message.broadcast === true,
  };
}

function written(entry: Entry, indent: string): readonly string[] {
  const marks = [entry.only === undefined ? '' : ` (only ${entry.only} sees it)`, entry.broadcast ? ' (also in the channel)' : ''].join('');
  const [first = '', ...rest] = entry.text.split('\n');
  return [`${indent}${entry.who}${marks}: ${first}`, ...rest.map((line) => `${indent}  | ${line}`)];
}

/** Names for what differs in each run: commits c1, c2 …, versions v1 …, times and ids. */
export function equaliser(): (text: string) => string {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  const name = (kind: string, text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const next = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, next);
    known.set(text, `${kind}${next}`);
    return `${kind}${next}`;
  };
  return (text) =>
    text
      .replaceAll(/<@(U[A-Z0-9]+)>/g, (_, id: string) => `@${NAMES[id] ?? id}`)
      .replaceAll(/<!subteam\^(S[A-Z0-9]+)>/g, (_, id: string) => `@${NAMES[id] ?? id}`)
      .replaceAll(/<#(C[A-Z0-9]+)>/g, (_, id: string) => `#${id.slice(2, 6).replaceAll(/\d+$/g, '').toLowerCase()}`)
      .replaceAll(/<!date\^[^>]*>/g, '‹time›')
      .replaceAll(/<(https?:[^|>]*)\|([^>]*)>/g, (_, _url: string, label: string) => `‹${label}›`)
      .replaceAll(/code-pipeline-\d{13}-[A-Za-z0-9_]+(?:-[0-9a-f]{8}-[0-9a-f-]{27})?/g, (label) => `‹${name('version ', label)}›`)
      .replaceAll(/\bi-[0-9a-f]{8,17}\b/g, (id) => `‹${name('instance ', id)}›`)
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) => `‹${name('id ', id)}›`)
      .replaceAll(/`f-[A-Z0-9]+`/g, (id) => `‹${name('fault ', id)}›`)
      .replaceAll(/\b[0-9a-f]{40}\b/g, (id) => `‹${name('commit ', id.slice(0, 7))}›`)
      .replaceAll(/`([0-9a-f]{7})`/g, (_, id: string) => `‹${name('commit ', id)}›`)
      .replaceAll(/(?<![.\d])\b\d+ h(?: \d+ min)?\b|(?<![.\d])\b\d+ min(?: \d+ s)?\b|(?<![.\d])\b\d+ s\b/g, '‹a while›')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '‹time›')
      .replaceAll(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)?/g, '‹time›');
}

/** Compares with the golden file; UPDATE_TRANSCRIPTS=1 writes it anew, to be read before it is kept. */
export function golden(name: string, text: string): { readonly wanted: string; readonly found: string } {
  const file = new URL(`../transcripts/${name}.txt`, import.meta.url).pathname;
  if (process.env['UPDATE_TRANSCRIPTS'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { wanted: existsSync(file) ? readFileSync(file, 'utf8') : `(no ${name}.txt: run once with UPDATE_TRANSCRIPTS=1 and read it)`, found: text };
}
