import type { Ephemeral, Message } from './message.ts';
import { compareTs } from './ids.ts';

/** Messages of all channels, oldest first, and what only single persons see. */
export class MessageBook {
  readonly #channels = new Map<string, Message[]>();
  #ephemerals: Ephemeral[] = [];
  /** `user channel` to the last `ts` that person has read. */
  readonly #read = new Map<string, string>();

  add(message: Message): void {
    const list = this.#channels.get(message.channel) ?? [];
    list.push(message);
    list.sort((a, b) => compareTs(a.ts, b.ts));
    this.#channels.set(message.channel, list);
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#channels.get(channel)?.find((message) => message.ts === ts);
  }

  remove(channel: string, ts: string): void {
    this.#channels.set(channel, this.inChannel(channel).filter((message) => message.ts !== ts));
  }

  /** Everything said in a channel, replies included. */
  inChannel(channel: string): readonly Message[] {
    return this.#channels.get(channel) ?? [];
  }

  replies(channel: string, threadTs: string): readonly Message[] {
    return this.inChannel(channel).filter((message) => message.threadTs === threadTs && message.ts !== threadTs);
  }

  /** What the channel shows outside of threads: roots and broadcast replies. */
  topLevel(channel: string): readonly Message[] {
    return this.inChannel(channel).filter((message) => message.threadTs === undefined || message.threadTs === message.ts || message.broadcast === true);
  }

  addEphemeral(ephemeral: Ephemeral): void {
    this.#ephemerals.push(ephemeral);
  }

  findEphemeral(channel: string, ts: string): Ephemeral | undefined {
    return this.#ephemerals.find((ephemeral) => ephemeral.channel === channel && ephemeral.ts === ts);
  }

  ephemeralsOf(user: string, channel: string): readonly Ephemeral[] {
    return this.#ephemerals.filter((ephemeral) => ephemeral.to === user && ephemeral.channel === channel);
  }

  removeEphemeral(ts: string): void {
    this.#ephemerals = this.#ephemerals.filter((ephemeral) => ephemeral.ts !== ts);
  }

  /** What Slack does when that person reloads. */
  forgetEphemeralsOf(user: string): void {
    this.#ephemerals = this.#ephemerals.filter((ephemeral) => ephemeral.to !== user);
  }

  lastRead(user: string, channel: string): string {
    return this.#read.get(`${user} ${channel}`) ?? '0.000000';
  }

  markRead(user: string, channel: string, ts: string): void {
    if (compareTs(ts, this.lastRead(user, channel)) > 0) this.#read.set(`${user} ${channel}`, ts);
  }
}
