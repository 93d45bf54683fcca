import type { Principal } from '../domain/app.ts';
import { Fault } from '../domain/faults.ts';
import type { Clock, Log, People } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf, platformError } from './faults.ts';
import type { BotIdentity } from './identity.ts';
import { lookUps } from './look-ups.ts';

/** Names, groups and members may be this old when no decision hangs on them. */
const KEEP_MS = 60_000;
/** Whether somebody is a member, a guest or gone: asked again almost at once, and at once for an approval. */
const KEEP_STANDING_MS = 5_000;

export type SlackPeople = People & {
  /** A user group changed: its members are looked up again. */
  forgetGroup(group: string): void;
};

type User = NonNullable<Awaited<ReturnType<SlackCalls['reading']['users']['info']>>['user']>;

/** Who people are, as Slack knows them. A failed look-up throws: the caller denies. */
export function people({ calls, bot, clock, log }: { readonly calls: SlackCalls; readonly bot: BotIdentity; readonly clock: Clock; readonly log: Log }): SlackPeople {
  const groups = lookUps(clock, (group) => membersOfGroup(calls, group));
  const users = lookUps(clock, (user) => userInfo(calls, user));
  const channels = lookUps(clock, (channel) => membersOfChannel(calls, channel));
  const emails = lookUps(clock, (email) => userByEmail(calls, email));

  return {
    async isAmong(user: string, principals: readonly Principal[], fresh = false): Promise<boolean> {
      if (principals.includes(user)) return true;
      const named = principals.filter((principal) => principal.startsWith('S'));
      const members = await Promise.all(named.map((group) => groups.get(group, fresh ? 0 : KEEP_MS)));
      return members.some((group) => group.has(user));
    },
    standing: async (user, fresh = false) => standingOf(await users.get(user, fresh ? 0 : KEEP_STANDING_MS), bot.teamId),
    async displayName(user) {
      try {
        return nameOf(await users.get(user, KEEP_MS)) ?? user;
      } catch (error) {
        log.warn({ user, error: faultOf(error, { method: 'users.info' }).message }, 'a name could not be looked up');
        return user;
      }
    },
    zone: async (user) => (await users.get(user, KEEP_MS))?.tz,
    byEmail: (email) => emails.get(email.toLowerCase(), KEEP_MS),
    async membersOf(principals) {
      const groupsOf = principals.map(async (one) => (one.startsWith('S') ? [...(await groups.get(one, KEEP_MS))] : [one]));
      return [...new Set((await Promise.all(groupsOf)).flat())];
    },
    inChannel: (channel) => channels.get(channel, KEEP_MS),
    forgetGroup: (group) => groups.forget(group),
  };
}

async function membersOfGroup(calls: SlackCalls, group: string): Promise<ReadonlySet<string>> {
  try {
    const answer = await calls.reading.usergroups.users.list({ usergroup: group });
    return new Set(answer.users);
  } catch (error) {
    if (platformError(error) === 'no_such_subteam') return new Set();
    throw untold(`who is in the user group ${group}`, error, 'usergroups.users.list');
  }
}

async function userInfo(calls: SlackCalls, user: string): Promise<User | undefined> {
  try {
    return (await calls.reading.users.info({ user })).user;
  } catch (error) {
    if (['user_not_found', 'user_not_visible'].includes(platformError(error) ?? '')) return undefined;
    throw untold(`who ${user} is`, error, 'users.info');
  }
}

/** What it means for who asked, before what Slack said. */
function untold(what: string, error: unknown, method: string): Fault {
  const { message, cause, retryable, unknownOutcome, needsPeople, retryAfterMs } = faultOf(error, { method });
  return new Fault(`I cannot look up ${what}, and without that I let nobody decide. ${message}`, { cause, retryable, unknownOutcome, needsPeople, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

async function membersOfChannel(calls: SlackCalls, channel: string): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  try {
    do {
      const answer = await calls.reading.conversations.members({ channel, limit: 1000, ...(cursor !== undefined && { cursor }) });
      for (const member of answer.members ?? []) members.add(member);
      cursor = answer.response_metadata?.next_cursor;
    } while (cursor !== undefined && cursor !== '');
  } catch (error) {
    throw faultOf(error, { method: 'conversations.members', channel });
  }
  return members;
}

async function userByEmail(calls: SlackCalls, email: string): Promise<string | undefined> {
  try {
    return (await calls.reading.users.lookupByEmail({ email })).user?.id;
  } catch (error) {
    if (platformError(error) === 'users_not_found') return undefined;
    throw faultOf(error, { method: 'users.lookupByEmail' });
  }
}

/** A user whom this workspace cannot see belongs to another. On Enterprise Grid `team_id` is the home workspace's. */
function standingOf(user: User | undefined, teamId: string): Awaited<ReturnType<People['standing']>> {
  if (!user) return 'external';
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  const elsewhere = user.team_id !== undefined && teamId !== '' && user.team_id !== teamId && !user.enterprise_user;
  if (user.is_stranger || elsewhere) return 'external';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

function nameOf(user: User | undefined): string | undefined {
  return [user?.profile?.display_name, user?.profile?.real_name, user?.real_name, user?.name].find((name) => name !== undefined && name !== '');
}
