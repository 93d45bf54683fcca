import { describe, expect, it } from '@jest/globals';
import { AuditBroken, Fault } from '../../src/domain/faults.ts';
import type { Said, World } from '../../src/ports.ts';
import { people } from '../../src/slack/people.ts';
import { tellSaidFaults } from '../../src/reconciler/said-faults.ts';
import { auditGivenUp } from '../../src/slack/answers.ts';
import { bot, fakeSlack, handClock, refusal, silentLog } from '../slack/fake-slack.ts';
import { GRACE } from '../support/world/builders.ts';
import { aWorld, clicks, fillsIn, types, type FakeWorld } from '../support/world/fake-world.ts';
import { openApproval } from '../support/world/people.ts';

const said: Said = { id: 'command:1', at: 0, user: 'U1', channel: 'C1', what: { kind: 'command', command: '/deploy', words: 'prod' }, reply: { user: 'U1', channel: 'C1' } };

function setUp() {
  const told: string[] = [];
  const finished: string[] = [];
  const parts = {
    store: { said: async (id: string) => (id === said.id ? said : undefined), finishSaid: async (id: string, outcome: string) => void finished.push(`${id} ${outcome}`) },
    slack: { reply: async (_to: unknown, message: { text: string }) => void told.push(message.text) },
  };
  return { told, finished, onFault: tellSaidFaults(parts as unknown as Pick<World, 'store' | 'slack'>, (one, fault) => auditGivenUp(one, fault, aWorld())) };
}

const claim = (key: string, faults: number) => ({ key, owner: 'me', epoch: 1, nudges: 0, faults });

describe('a fault in answering', () => {
  it('is told at once when no repeat can mend it, without a defect’s own words', async () => {
    const { told, finished, onFault } = setUp();
    await expect(onFault(claim('said:command:1', 0), new TypeError('cannot read <x> of undefined'), 'f-7Q2K')).resolves.toBe(true);
    expect(told).toEqual([expect.stringContaining('f-7Q2K')]);
    expect(told[0]).not.toContain('undefined');
    expect(finished).toEqual(['command:1 gave up: f-7Q2K']);
  });

  it('is tried again for a while before it is told', async () => {
    const { told, onFault } = setUp();
    const fault = new Fault('AWS limits the rate of <calls>', { retryable: true });
    await expect(onFault(claim('said:command:1', 0), fault, 'f-1')).resolves.toBe(false);
    await expect(onFault(claim('said:command:1', 3), fault, 'f-2')).resolves.toBe(false);
    await expect(onFault(claim('said:command:1', 4), fault, 'f-3')).resolves.toBe(true);
    expect(told).toEqual([expect.stringContaining('the rate of &lt;calls&gt;')]);
  });

  it('is told at once where people have to mend it, with what and who', async () => {
    const { told, finished, onFault } = setUp();
    const slack = fakeSlack();
    slack.on('usergroups.users.list', refusal('missing_scope', { needed: 'usergroups:read' }));
    const fault = await people({ calls: slack.calls, bot, clock: handClock(), log: silentLog() }).isAmong('U1', ['S1'], true).catch((error: unknown) => error);
    await expect(onFault(claim('said:command:1', 0), fault, 'f-7Q2K')).resolves.toBe(true);
    expect(told).toEqual([':no_entry: I gave up on what you asked (`f-7Q2K`). I cannot look up who is in the user group S1, and without that I let nobody decide. Slack refused usergroups.users.list: missing_scope. Add the scope usergroups:read under OAuth &amp; Permissions and install the app again.\nWhoever looks after Jack has to do that; try again then. `/jack status` says what is recorded.']);
    expect(finished).toEqual(['command:1 gave up: f-7Q2K']);
    // A release that needs the same waits until they have.
    await expect(onFault(claim('release:1', 0), fault, 'f-8')).resolves.toBe(false);
    expect(told).toHaveLength(1);
  });

  it('of other work is nobody’s to be told here: it is tried again for ever', async () => {
    const { told, onFault } = setUp();
    await expect(onFault(claim('release:1', 50), new TypeError('x'), 'f-1')).resolves.toBe(false);
    expect(told).toEqual([]);
  });
});

/** The groups of the approvers cannot be looked up, until the loop has given up. */
async function givesUp(world: FakeWorld, id: string, store: World['store'] = world.store): Promise<readonly object[]> {
  const before = (await world.store.auditLines({ limit: 99 })).length;
  const onFault = tellSaidFaults({ ...world, store }, (one, fault) => auditGivenUp(one, fault, world));
  const fault = new Fault('Slack does not answer', { retryable: true });
  await expect(onFault(claim(`said:${id}`, 4), fault, 'f-7Q2K')).resolves.toBe(true);
  return (await world.store.auditLines({ limit: 99 })).slice(before);
}

describe('what was given up', () => {
  it('is a line in the audit: of a click, with what it was about', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    const approval = await openApproval(world);
    const id = await clicks(world, 'approval.approve', approval, GRACE);
    const line = { who: GRACE, what: 'click.approval.approve', outcome: 'refused', rule: 'refused:gave-up', on: { app: 'shop', environment: 'prod', release: 1, approval }, detail: `fault f-7Q2K: value ${approval}` };
    expect(await givesUp(world, id)).toEqual([expect.objectContaining(line)]);
    expect(await givesUp(world, id)).toEqual([]);
  });

  it('is a line in the audit: of a form and of a command', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    const approval = await openApproval(world);
    const form = await fillsIn(world, 'reject', { reason: 'no' }, { approval }, GRACE);
    expect(await givesUp(world, form)).toMatchObject([{ what: 'form.reject', rule: 'refused:gave-up', on: { release: 1, approval }, detail: 'fault f-7Q2K' }]);
    expect(await givesUp(world, await types(world, '/deploy prod', GRACE))).toMatchObject([{ who: GRACE, what: 'command.deploy', rule: 'refused:gave-up' }]);
  });

  it('is given up also where the audit takes no more lines: who asked is told once', async () => {
    const world = aWorld();
    const finished: unknown[] = [];
    const id = await types(world, '/deploy prod');
    const store: World['store'] = {
      ...world.store,
      async finishSaid(_id, outcome, also) {
        if (also?.audit) throw new AuditBroken('its counter is gone');
        finished.push(outcome);
      },
    };
    expect(await givesUp(world, id, store)).toEqual([]);
    expect(finished).toEqual(['gave up: f-7Q2K']);
    expect(world.slack.replies.filter(({ text }) => text.includes('f-7Q2K'))).toHaveLength(1);
  });
});
