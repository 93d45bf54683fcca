import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ApprovalRequest } from '../../src/domain/approvals/approval.ts';
import type { Release } from '../../src/domain/release.ts';
import { decideApproval } from '../../src/operations/decide-approval.ts';
import { ADA, anApp, anApproval, anEnvironment, aRelease, GRACE, GUS, LEADS, LINUS, OLIVE, T0, VIC } from '../support/world/builders.ts';
import { standsAtApproval } from '../support/world/at-approval.ts';
import { aWorld, type FakeWorld } from '../support/world/fake-world.ts';
import { onlyRelease } from '../support/world/transcript.ts';

async function asked(request: Partial<ApprovalRequest> = {}, changes: Partial<Release> = {}): Promise<FakeWorld> {
  const from = [...new Set([GRACE, LEADS, ...(request.policy?.from ?? [])])];
  const world = aWorld({ app: anApp({ environments: [anEnvironment('prod', { approval: { from, count: 1 } })] }) });
  await world.store.addRelease(aRelease({ approvals: [anApproval(request)], status: 'waiting', ...changes }));
  standsAtApproval(world);
  return world;
}

const says = (world: FakeWorld, user: string, approves = true, comment?: string) => decideApproval({ approvalId: 'approval-1', user, approves, ...(comment !== undefined && { comment }) }, world);
const requestOf = async (world: FakeWorld) => (await onlyRelease(world)).approvals[0];

describe('a decision', () => {
  it('is recorded with who and when, and does not touch AWS', async () => {
    const world = await asked();
    expect(await says(world, GRACE)).toMatchObject({ ok: true });
    expect(await requestOf(world)).toMatchObject({ state: 'decided', verdict: 'approved', decisions: [{ by: GRACE, at: T0, approves: true }] });
    expect(world.aws.calls).toEqual([]);
  });

  it('may come from a member of a group', async () => {
    const world = await asked();
    expect(await says(world, LINUS)).toMatchObject({ ok: true });
  });

  it('of no ends it, with the reason', async () => {
    const world = await asked({ policy: { from: [GRACE], count: 2 } });
    await says(world, GRACE, false, 'not today');
    expect(await requestOf(world)).toMatchObject({ state: 'decided', verdict: 'rejected', decisions: [{ comment: 'not today' }] });
  });

  it('of yes waits for the others when two are needed', async () => {
    const world = await asked({ policy: { from: [GRACE, LINUS], count: 2 } });
    await says(world, GRACE);
    expect(await requestOf(world)).toMatchObject({ state: 'open', decisions: [{ by: GRACE }] });
    await says(world, LINUS);
    expect(await requestOf(world)).toMatchObject({ state: 'decided', verdict: 'approved' });
  });

  it('of somebody who then asks for the release too counts no more', async () => {
    const world = await asked({ policy: { from: [GRACE, LINUS], count: 2 }, decisions: [{ by: GRACE, at: T0, approves: true }] }, { requesters: [{ user: ADA, at: T0 }, { user: GRACE, at: T0 }] });
    await says(world, LINUS);
    expect(await requestOf(world)).toMatchObject({ state: 'open' });
  });

  it.each<readonly [string, string, Partial<ApprovalRequest>, Partial<Release>, object]>([
    ['who asked', ADA, { policy: { from: [ADA], count: 1 } }, {}, { kind: 'own-release' }],
    ['who adopted it', GRACE, {}, { requesters: [{ user: ADA, at: T0 }, { user: GRACE, at: T0 }] }, { kind: 'own-release' }],
    ['somebody not listed', VIC, {}, {}, { kind: 'not-approver', from: [GRACE, LEADS] }],
    ['an owner who is not listed', OLIVE, {}, {}, { kind: 'not-approver' }],
    ['a guest who is listed', GUS, { policy: { from: [GUS], count: 1 } }, {}, { kind: 'not-approver', standing: 'guest' }],
    ['anybody, when the list was empty and is not any more', GRACE, { policy: { from: [], count: 1 } }, {}, { kind: 'approval-changed', what: 'policy' }],
    ['anybody, when it is decided', GRACE, { state: 'decided', verdict: 'approved' }, {}, { kind: 'approval-over' }],
    ['anybody, when it was answered elsewhere', GRACE, { state: 'overtaken' }, {}, { kind: 'approval-over' }],
    ['anybody, when the release is over', GRACE, {}, { status: 'cancelled' }, { kind: 'approval-over' }],
    ['anybody, while the release is being cancelled', GRACE, {}, { cancel: { by: ADA, at: T0 } }, { kind: 'approval-over' }],
    ['somebody who has decided', GRACE, { policy: { from: [GRACE], count: 2 }, decisions: [{ by: GRACE, at: T0, approves: true }] }, {}, { kind: 'already-decided', approves: true }],
  ])('is not taken from %s', async (_who, user, request, changes, refusal) => {
    const world = await asked(request, changes);
    const before = await onlyRelease(world);
    expect(await says(world, user)).toMatchObject({ ok: false, refusal });
    expect(await onlyRelease(world)).toEqual(before);
  });

  it('of no after a yes of the same person is taken and ends it, and none after that', async () => {
    const world = await asked({ policy: { from: [GRACE, LINUS], count: 2 } });
    await says(world, GRACE);
    expect(await says(world, GRACE, false, 'wait')).toMatchObject({ ok: true });
    expect(await requestOf(world)).toMatchObject({ state: 'decided', verdict: 'rejected', decisions: [{ by: GRACE, approves: true }, { by: GRACE, approves: false, comment: 'wait' }] });
    expect((await world.store.auditLines({ limit: 10 })).map(({ what }) => what).toSorted()).toEqual(['approval.approve', 'approval.reject']);
    expect(await says(world, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'already-decided', approves: false } });
    expect(await says(world, LINUS)).toMatchObject({ ok: false, refusal: { kind: 'approval-over' } });
  });

  it('counts for as many as jack.yml asks for now, where those are more than on the card', async () => {
    const world = aWorld({ app: anApp({ environments: [anEnvironment('prod', { approval: { from: [GRACE, LINUS], count: 2 } })] }) });
    await world.store.addRelease(aRelease({ approvals: [anApproval({ policy: { from: [GRACE, LINUS], count: 1 } })], status: 'waiting' }));
    standsAtApproval(world);
    await says(world, GRACE);
    expect(await requestOf(world)).toMatchObject({ state: 'open', policy: { count: 2 } });
    await says(world, LINUS);
    expect(await requestOf(world)).toMatchObject({ state: 'decided', verdict: 'approved' });
  });

  it('is not taken from somebody who was deactivated a moment ago: they are looked up anew', async () => {
    const world = await asked();
    const { people } = world.slack;
    const since: FakeWorld = { ...world, slack: { ...world.slack, people: { ...people, standing: async (_user, fresh) => (fresh ? 'deactivated' : 'member') } } };
    expect(await says(since, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'not-approver', standing: 'deactivated' } });
  });

  it.each(['bot', 'deactivated', 'external'] as const)('is not taken from an approver who is %s, who is sent to the others', async (standing) => {
    const world = await asked();
    world.slack.standings.set(GRACE, standing);
    expect(await says(world, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'not-approver', standing, from: [LEADS] } });
  });

  it.each([
    ['was taken out of the policy', { from: [OLIVE, LINUS], count: 1 }, 'not-approver'],
    ['was taken out of the policy, as everybody on the card was', { from: [OLIVE], count: 1 }, 'approval-changed'],
    ['is on a list that was emptied', { from: [], count: 1 }, 'approval-changed'],
    ['would have to answer without a policy', undefined, 'no-policy'],
  ] as const)('is not taken from somebody who %s after the card was drawn', async (_who, approval, kind) => {
    const world = aWorld({ app: anApp({ environments: [anEnvironment('prod', approval && { approval })] }) });
    await world.store.addRelease(aRelease({ approvals: [anApproval({ policy: { from: [GRACE, LINUS], count: 1 } })], status: 'waiting' }));
    expect(await says(world, GRACE)).toMatchObject({ ok: false, refusal: { kind } });
    expect(await says(world, GRACE, false)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('is taken as a no from who asked: stopping is always allowed', async () => {
    const world = await asked({ policy: { from: [ADA], count: 1 } });
    expect(await says(world, ADA, false, 'I was wrong')).toMatchObject({ ok: true });
  });

  it('needs a policy: without one nobody decides from Slack', async () => {
    const world = aWorld({ app: anApp({ environments: [anEnvironment('prod')] }) });
    const { policy: _none, ...request } = anApproval();
    await world.store.addRelease(aRelease({ approvals: [request] }));
    expect(await says(world, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'no-policy' } });
  });

  it('is taken from nobody where the list is empty, on the card and in jack.yml', async () => {
    const nobody = { from: [], count: 1 };
    const world = aWorld({ app: anApp({ environments: [anEnvironment('prod', { approval: nobody })] }) });
    await world.store.addRelease(aRelease({ approvals: [anApproval({ policy: nobody })] }));
    expect(await says(world, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'not-approver', from: [] } });
  });

  it('needs a group that can be looked up: else nothing is recorded', async () => {
    const world = await asked();
    world.slack.groups = undefined;
    await expect(says(world, LINUS)).rejects.toThrow('who is in the group');
    expect(await requestOf(world)).toMatchObject({ state: 'open', decisions: [] });
  });

  it('finds nothing behind a forged id', async () => {
    expect(await decideApproval({ approvalId: 'forged', user: GRACE, approves: true }, await asked())).toMatchObject({ ok: false, refusal: { kind: 'stale-button' } });
  });

  it('of a double click, or of two at once, is one', async () => {
    const world = await asked();
    const answers = await Promise.all([says(world, GRACE), says(world, GRACE), says(world, LINUS)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await requestOf(world))?.decisions).toHaveLength(1);
  });

  it('never lets who asked open the gate, whoever clicks in whatever order', async () => {
    const people = fc.constantFrom<string>(ADA, GRACE, LINUS, VIC, GUS);
    await fc.assert(
      fc.asyncProperty(fc.array(people, { maxLength: 6 }), fc.uniqueArray(people, { maxLength: 2 }), fc.integer({ min: 1, max: 2 }), async (clickers, requesters, count) => {
        const world = await asked({ policy: { from: [ADA, GRACE, LINUS, GUS], count } }, { requesters: requesters.map((user) => ({ user, at: T0 })) });
        for (const clicker of clickers) await says(world, clicker);
        const entitled = new Set(clickers.filter((clicker) => clicker !== VIC && clicker !== GUS && !requesters.includes(clicker)));
        expect((await requestOf(world))?.verdict === 'approved').toBe(entitled.size >= count);
      }),
      { numRuns: 500 },
    );
  });
});
