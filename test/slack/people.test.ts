import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/domain/faults.ts';
import type { People } from '../../src/ports.ts';
import { people } from '../../src/slack/people.ts';
import { bot, fakeSlack, handClock, refusal, silentLog } from './fake-slack.ts';

function setUp() {
  const slack = fakeSlack();
  const clock = handClock();
  return { slack, clock, people: people({ calls: slack.calls, bot, clock, log: silentLog() }) };
}

describe('who is among the named', () => {
  it('knows a named user without asking', async () => {
    const { slack, people } = setUp();
    await expect(people.isAmong('U1', ['U1', 'S1'])).resolves.toBe(true);
    expect(slack.seen).toHaveLength(0);
  });

  it('takes an empty list as nobody', async () => {
    await expect(setUp().people.isAmong('U1', [])).resolves.toBe(false);
  });

  it('remembers a group for a minute, and asks again when a decision hangs on it', async () => {
    const { slack, clock, people } = setUp();
    slack.on('usergroups.users.list', { body: { users: ['U1'] } }, { body: { users: [] } }, { body: { users: ['U1'] } });
    await expect(people.isAmong('U1', ['S1'])).resolves.toBe(true);
    await expect(people.isAmong('U1', ['S1'])).resolves.toBe(true);
    expect(slack.seen).toHaveLength(1);
    await expect(people.isAmong('U1', ['S1'], true)).resolves.toBe(false);
    clock.forward(60_000);
    await expect(people.isAmong('U1', ['S1'])).resolves.toBe(true);
  });

  it('tells everybody whom users and groups stand for, each once', async () => {
    const { slack, people } = setUp();
    slack.on('usergroups.users.list', { body: { users: ['U1', 'U2'] } }, refusal('fatal_error'));
    await expect(people.membersOf(['U2', 'S1', 'U3'])).resolves.toEqual(['U2', 'U1', 'U3']);
    await expect(people.membersOf(['S2'])).rejects.toThrow(Fault);
  });

  it('asks again after the group has changed', async () => {
    const { slack, people } = setUp();
    slack.on('usergroups.users.list', { body: { users: ['U1'] } }, { body: { users: [] } });
    await people.isAmong('U1', ['S1']);
    people.forgetGroup('S1');
    await expect(people.isAmong('U1', ['S1'])).resolves.toBe(false);
  });

  it('throws when the look-up fails, and does not remember the failure', async () => {
    const { slack, people } = setUp();
    slack.on('usergroups.users.list', refusal('missing_scope', { needed: 'usergroups:read' }), { body: { users: ['U1'] } });
    await expect(people.isAmong('U1', ['S1'])).rejects.toThrow(/usergroups:read/);
    await expect(people.isAmong('U1', ['S1'])).resolves.toBe(true);
  });

  it.each([
    ['who is in the user group S1', 'usergroups.users.list', (people: People) => people.isAmong('U1', ['S1'], true)],
    ['who U1 is', 'users.info', (people: People) => people.standing('U1', true)],
  ] as const)('says what the failure means: nobody knows %s', async (what, method, ask) => {
    const { slack, people } = setUp();
    slack.on(method, refusal('team_added_to_org'));
    const fault = await ask(people).catch((error: unknown) => error);
    expect(fault).toMatchObject({ retryable: false, message: expect.stringMatching(new RegExp(`^I cannot look up ${what}, .*let nobody decide.*${method}: team_added_to_org`)) });
  });

  it('takes a group that is no more as empty', async () => {
    const { slack, people } = setUp();
    slack.on('usergroups.users.list', refusal('no_such_subteam'));
    await expect(people.isAmong('U1', ['S1'])).resolves.toBe(false);
  });
});

describe('standing', () => {
  it.each([
    ['member', { id: 'U1', team_id: 'T1' }],
    ['guest', { id: 'U1', team_id: 'T1', is_restricted: true }],
    ['guest', { id: 'U1', team_id: 'T1', is_ultra_restricted: true }],
    ['bot', { id: 'U1', team_id: 'T1', is_bot: true }],
    ['bot', { id: 'USLACKBOT', team_id: 'T1' }],
    ['deactivated', { id: 'U1', team_id: 'T1', deleted: true, is_restricted: true }],
    ['external', { id: 'U1', team_id: 'T2' }],
    ['external', { id: 'U1', team_id: 'T1', is_stranger: true }],
    ['member', { id: 'U1', team_id: 'T2', enterprise_user: { id: 'U1' } }],
  ])('is %s for %j', async (standing, user) => {
    const { slack, people } = setUp();
    slack.on('users.info', { body: { user } });
    await expect(people.standing('U1')).resolves.toBe(standing);
  });

  it('is asked for again at once where a decision hangs on it', async () => {
    const { slack, people } = setUp();
    slack.on('users.info', { body: { user: { id: 'U1', team_id: 'T1' } } }, { body: { user: { id: 'U1', team_id: 'T1', deleted: true } } });
    expect([await people.standing('U1'), await people.standing('U1'), await people.standing('U1', true)]).toEqual(['member', 'member', 'deactivated']);
  });

  it('is external for somebody whom the workspace cannot see', async () => {
    const { slack, people } = setUp();
    slack.on('users.info', refusal('user_not_visible'));
    await expect(people.standing('U1')).resolves.toBe('external');
  });

  it('throws when Slack cannot tell', async () => {
    const { slack, people } = setUp();
    slack.on('users.info', refusal('fatal_error'));
    await expect(people.standing('U1')).rejects.toBeInstanceOf(Fault);
  });
});

describe('names and addresses', () => {
  it('calls somebody by the name that they chose, else by the real one, else by the id', async () => {
    const { slack, people } = setUp();
    slack.on('users.info', { body: { user: { id: 'U1', profile: { display_name: 'ada', real_name: 'Ada L' } } } });
    slack.on('users.info', { body: { user: { id: 'U2', profile: { display_name: '', real_name: 'Grace H' } } } });
    slack.on('users.info', refusal('account_inactive'));
    expect([await people.displayName('U1'), await people.displayName('U2'), await people.displayName('U3')]).toEqual(['ada', 'Grace H', 'U3']);
  });

  it('tells the time zone that somebody set, and none where Slack does not', async () => {
    const { slack, people } = setUp();
    slack.on('users.info', { body: { user: { id: 'U1', tz: 'Europe/Berlin' } } }, refusal('user_not_found'));
    expect([await people.zone('U1'), await people.zone('U2')]).toEqual(['Europe/Berlin', undefined]);
  });

  it('finds nobody for an address that Slack does not know', async () => {
    const { slack, people } = setUp();
    slack.on('users.lookupByEmail', refusal('users_not_found'), { body: { user: { id: 'U7' } } });
    await expect(people.byEmail('no@acme.test')).resolves.toBeUndefined();
    await expect(people.byEmail('Linus@acme.test')).resolves.toBe('U7');
  });

  it('reads all pages of a channel’s members', async () => {
    const { slack, people } = setUp();
    slack.on('conversations.members', { body: { members: ['U1'], response_metadata: { next_cursor: 'n' } } }, { body: { members: ['U2'] } });
    await expect(people.inChannel('C1')).resolves.toEqual(new Set(['U1', 'U2']));
  });
});
