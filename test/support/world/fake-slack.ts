import type { Principal } from '../../../src/domain/app.ts';
import { Fault } from '../../../src/domain/faults.ts';
import type { FormView, MessageIdentity, People, ReplyAddress, Slack } from '../../../src/ports.ts';
import type { WantedMessage } from '../../../src/views/message.ts';
import { ADA, GRACE, GUS, LEADS, LINUS, OLIVE, VIC } from './builders.ts';

/** A message that stands in a channel, as people see it now. */
export interface Standing {
  readonly identity: MessageIdentity;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  message: WantedMessage;
  edits: number;
}

export interface FakeSlack extends Slack {
  readonly messages: Standing[];
  readonly replies: { readonly to: ReplyAddress; readonly text: string; readonly blocks?: WantedMessage['blocks']; readonly replaceOriginal?: boolean }[];
  readonly forms: FormView[];
  readonly homes: { readonly user: string; readonly view: { readonly blocks: WantedMessage['blocks'] } }[];
  /** Group → members. While undefined, looking a group up fails. */
  groups: ReadonlyMap<Principal, readonly string[]> | undefined;
  readonly standings: Map<string, Awaited<ReturnType<People['standing']>>>;
  /** Of every channel. */
  readonly inChannel: Set<string>;
  /** IANA names. */
  readonly zones: Map<string, string>;
}

/** A workspace with a memory: posting twice shows twice. */
export function fakeSlack(): FakeSlack {
  const messages: Standing[] = [];
  const slack: FakeSlack = {
    messages,
    replies: [],
    forms: [],
    homes: [],
    groups: new Map([[LEADS, [GRACE, LINUS]]]),
    standings: new Map([[GUS, 'guest']]),
    inChannel: new Set([ADA, GRACE, LINUS, OLIVE, VIC, GUS]),
    zones: new Map(),
    async post(message, identity, threadTs) {
      const at = { channel: message.channel, ts: `${1000 + messages.length}.000001` };
      messages.push({ identity, ...at, ...(threadTs !== undefined && { threadTs }), message, edits: 0 });
      return at;
    },
    async edit(message, at) {
      const standing = messages.find((one) => one.ts === at.ts && one.channel === at.channel);
      if (standing) Object.assign(standing, { message, edits: standing.edits + 1 });
      return standing !== undefined;
    },
    async find(identity, where) {
      const found = messages.find((one) => one.identity.owner === identity.owner && one.identity.key === identity.key && one.threadTs === where.threadTs);
      return found && { channel: found.channel, ts: found.ts };
    },
    async reply(to, message) {
      slack.replies.push({ to, ...message });
    },
    permalink: async ({ channel, ts }) => `https://slack.example/${channel}/${ts}`,
    async publishHome(user, view) {
      slack.homes.push({ user, view });
    },
    async openForm(_triggerId, view) {
      slack.forms.push(view);
      return { viewId: 'V1', hash: 'h1' };
    },
    async updateForm(_viewId, view) {
      slack.forms.push(view);
    },
    people: {
      async isAmong(user, principals) {
        if (principals.includes(user)) return true;
        const groups = principals.filter((principal) => principal.startsWith('S'));
        if (groups.length > 0 && !slack.groups) throw new Fault('Slack does not say who is in the group.', { retryable: true });
        return groups.some((group) => slack.groups?.get(group)?.includes(user));
      },
      standing: async (user) => slack.standings.get(user) ?? 'member',
      displayName: async (user) => user,
      zone: async (user) => slack.zones.get(user),
      byEmail: async (email) => (email === 'linus@example.com' ? LINUS : undefined),
      async membersOf(principals) {
        if (principals.some((one) => one.startsWith('S')) && !slack.groups) throw new Fault('Slack does not say who is in the group.', { retryable: true });
        return [...new Set(principals.flatMap((one) => (one.startsWith('S') ? (slack.groups?.get(one) ?? []) : [one])))];
      },
      inChannel: async () => slack.inChannel,
    },
  };
  return slack;
}
