import type { Channel, Command, User, Usergroup } from './people.ts';
import type { SeedApp, SeedChannel, SeedUser, SlackSeed } from './seed.ts';
import type { StateValues } from './views.ts';
import type { TranscriptEntry } from './transcript.ts';
import { FileShelf } from './files.ts';
import { Timestamps } from './ids.ts';
import { MessageBook } from './messages.ts';
import { ResponseUrls } from './response-urls.ts';
import { Triggers } from './triggers.ts';
import { ViewBook } from './views.ts';

/** All that one workspace knows. A reset makes a new one. */
export class Workspace {
  readonly team: SlackSeed['team'];
  readonly app: SeedApp;
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly usergroups = new Map<string, Usergroup>();
  readonly commands: Command[];
  readonly timestamps = new Timestamps();
  readonly messages = new MessageBook();
  readonly views = new ViewBook();
  readonly files = new FileShelf();
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly transcript: TranscriptEntry[] = [];
  /** Scopes of the bot token; a test takes some away. */
  scopes: readonly string[];
  /** Events the app is sent. */
  events: readonly string[];
  /** What a person has chosen in elements of a message that is still open on their screen. */
  readonly #messageStates = new Map<string, StateValues>();
  readonly #now: () => number;

  constructor(seed: SlackSeed, now: () => number) {
    this.team = seed.team;
    this.app = seed.app;
    this.commands = [...seed.commands];
    this.scopes = seed.app.scopes;
    this.events = seed.app.events;
    this.#now = now;
    this.triggers = new Triggers(now);
    this.responseUrls = new ResponseUrls(now);
    for (const user of seed.users) this.users.set(user.id, userFrom(user, seed.team.id));
    for (const channel of seed.channels) this.channels.set(channel.id, channelFrom(channel, now()));
    for (const group of seed.usergroups) this.usergroups.set(group.id, { ...group, disabled: false });
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#now();
  }

  newTs(): string {
    return this.timestamps.next(this.#now());
  }

  get bot(): User {
    const bot = this.users.get(this.app.botUserId);
    if (bot === undefined) throw new Error(`the seed has no user ${this.app.botUserId} for the app's bot`);
    return bot;
  }

  /** By id, handle or '@handle'. */
  findUser(idOrName: string): User | undefined {
    const name = idOrName.replace(/^@/, '').toLowerCase();
    return this.users.get(idOrName) ?? [...this.users.values()].find((user) => user.name.toLowerCase() === name);
  }

  /** By id, name or '#name'. Direct messages have only an id. */
  findChannel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, '').toLowerCase();
    return this.channels.get(idOrName) ?? [...this.channels.values()].find((channel) => channel.kind !== 'im' && channel.name === name);
  }

  /** The direct messages of the bot with a person; made when first asked for. */
  directMessages(userId: string): Channel {
    const id = `D${userId.slice(1)}`;
    const known = this.channels.get(id);
    if (known !== undefined) return known;
    const made: Channel = { id, name: 'directmessage', kind: 'im', members: new Set([userId, this.app.botUserId]), archived: false, topic: '', bookmarks: [], created: seconds(this.#now()) };
    this.channels.set(id, made);
    return made;
  }

  /** State of a message's elements for one person, by 'user channel ts'. */
  messageState(key: string, initial: () => StateValues): StateValues {
    const known = this.#messageStates.get(key) ?? initial();
    this.#messageStates.set(key, known);
    return known;
  }

  /** Writes down what people could see. */
  tell(entry: Omit<TranscriptEntry, 'at'>): void {
    this.transcript.push({ at: this.#now(), ...entry });
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function userFrom(user: SeedUser, teamId: string): User {
  const { id, name, realName, role, title } = user;
  return { id, name, realName, role, title, email: user.email ?? `${name}@acme.test`, color: user.color ?? '4a5568', teamId: role === 'external' ? 'T0PARTNER1' : teamId };
}

function channelFrom(channel: SeedChannel, nowMs: number): Channel {
  const { id, name, members } = channel;
  return { id, name, kind: channel.private === true ? 'private' : 'channel', members: new Set(members), archived: channel.archived ?? false, topic: channel.topic ?? '', bookmarks: [], created: seconds(nowMs) };
}
