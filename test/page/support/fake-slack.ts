import type { Block } from '../../../sandbox/web/page/door/block-shapes.ts';
import type { Message, View, Workspace } from '../../../sandbox/web/page/door/shapes.ts';
import type { Args, Routes } from './fake-door.ts';
import type { FakeJack } from './fake-jack.ts';
import { fakeWorkspace } from './fake-workspace.ts';

const text = (args: Args, name: string): string => (typeof args[name] === 'string' ? args[name] : '');

export type Kept = Message & { channel: string; to?: string; text: string; blocks?: readonly Block[]; edited?: unknown };

/** A workspace in memory: messages, who read how far, open forms, home tabs. */
export class FakeSlack {
  readonly workspace: Workspace = fakeWorkspace;
  messages: Kept[] = [];
  readonly views = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  readonly #read = new Map<string, string>();
  readonly #changed: () => void;
  #last = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  changed(): void {
    this.#changed();
  }

  post(message: Omit<Kept, 'ts'> & { ts?: string }): string {
    const now = Math.max(Date.now() * 1000, this.#last + 1);
    this.#last = now;
    const ts = message.ts ?? `${Math.floor(now / 1e6)}.${String(now % 1e6).padStart(6, '0')}`;
    this.messages.push({ ...message, ts });
    this.messages.sort((one, other) => Number(one.ts) - Number(other.ts));
    this.changed();
    return ts;
  }

  edit(ts: string, change: Partial<Kept>): void {
    this.messages = this.messages.map((message) => (message.ts === ts ? { ...message, ...change, edited: { user: message.user, ts } } : message));
    this.changed();
  }

  readUpTo(user: string, channel: string, ts: string): void {
    this.#read.set(`${user}/${channel}`, ts);
    this.changed();
  }

  conversations(user: string): unknown {
    const channels = this.workspace.channels.filter((channel) => channel.members?.includes(user));
    return {
      channels: [
        ...channels.map((channel) => ({ ...this.#counts(user, channel.id), id: channel.id, name: channel.name, kind: 'channel' })),
        { ...this.#counts(user, `D-${user}`), id: `D-${user}`, name: 'jack', kind: 'im' },
      ],
    };
  }

  #counts(user: string, channel: string): { unread: number; mentions: number; lastTs?: string } {
    const read = Number(this.#read.get(`${user}/${channel}`) ?? 0);
    const groups = this.workspace.usergroups.filter((group) => group.users?.includes(user)).map((group) => `<!subteam^${group.id}`);
    const fresh = this.messages.filter((message) => message.channel === channel && message.user !== user && !message.to && Number(message.ts) > read);
    const root = fresh.filter((message) => message.thread_ts === undefined || message.broadcast);
    const mentions = fresh.filter((message) => [`<@${user}>`, ...groups].some((mark) => message.text.includes(mark)));
    const last = this.messages.findLast((message) => message.channel === channel);
    return { unread: root.length, mentions: mentions.length, ...(last ? { lastTs: last.ts } : {}) };
  }

  see(user: string, channel: string, thread: string | undefined): unknown {
    const mine = this.messages.filter((message) => message.channel === channel && (message.to === undefined || message.to === user));
    const replies = (ts: string): Kept[] => mine.filter((message) => message.thread_ts === ts && message.ts !== ts);
    if (thread !== undefined) return { messages: mine.filter((message) => message.ts === thread || message.thread_ts === thread) };
    return {
      messages: mine
        .filter((message) => message.thread_ts === undefined || message.broadcast)
        .map((message) => {
          const under = replies(message.ts);
          const last = under.at(-1);
          return last ? { ...message, reply_count: under.length, latest_reply: last.ts, reply_users: [...new Set(under.map((reply) => reply.user))] } : message;
        }),
    };
  }

  routes(jack: FakeJack): Routes {
    return {
      'GET /slack/workspace': () => this.workspace,
      'GET /slack/as/:user': ({ user }) => this.conversations(String(user)),
      'GET /slack/as/:user/channel/:channel': ({ user, channel, thread }) => this.see(String(user), String(channel), typeof thread === 'string' ? thread : undefined),
      'GET /slack/as/:user/modal': ({ user }) => ({ views: this.views.get(String(user)) ?? [] }),
      'GET /slack/as/:user/home': ({ user }) => ({ view: this.homes.get(String(user)) ?? null }),
      'POST /slack/type': (args) => this.#typed(args, jack),
      'POST /slack/click': (args) => jack.clicked(args),
      'POST /slack/select': (args) => jack.selected(args),
      'POST /slack/options': (args) => jack.suggest(text(args, 'query')),
      'POST /slack/submit': (args) => jack.submitted(text(args, 'user'), text(args, 'view_id'), args['values'] as Record<string, Record<string, unknown>>),
      'POST /slack/close': ({ user }) => {
        this.views.set(String(user), (this.views.get(String(user)) ?? []).slice(0, -1));
        this.changed();
      },
      'POST /slack/home': ({ user }) => jack.openedHome(String(user)),
      'POST /slack/read': (args) => this.readUpTo(text(args, 'user'), text(args, 'channel'), text(args, 'ts')),
    };
  }

  #typed(args: Args, jack: FakeJack): unknown {
    const { user, channel, text, thread_ts: thread } = args as Record<string, string | undefined>;
    if (text?.startsWith('/')) {
      if (thread !== undefined) throw new Error(`${text.split(' ')[0]} is not supported in threads. Sorry!`);
      return jack.commanded(user ?? '', channel ?? '', text);
    }
    return { ts: this.post({ channel: channel ?? '', user: user ?? '', text: text ?? '', ...(thread === undefined ? {} : { thread_ts: thread }) }) };
  }
}
