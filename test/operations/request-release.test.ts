import { describe, expect, it } from '@jest/globals';
import { cancelRelease } from '../../src/operations/cancel-release.ts';
import { requestRelease, type Request } from '../../src/operations/request-release.ts';
import { roleOf } from '../../src/operations/role.ts';
import { ADA, anApp, anApproval, aRelease, commit, GRACE, GUS, LEADS, LINUS, OLIVE, T0, VIC } from '../support/world/builders.ts';
import { aWorld, type FakeWorld } from '../support/world/fake-world.ts';
import { newestRelease } from '../support/world/transcript.ts';

function ask(world: FakeWorld, changes: Partial<Request> = {}) {
  const environment = world.app.environments.find((one) => one.name === 'prod');
  if (!environment) throw new Error('no prod');
  const base: Request = { app: world.app, environment, user: ADA, route: { kind: 'pipeline', pipeline: 'shop-pipeline' }, revision: { id: commit('a') }, purpose: 'deploy', requestId: 'request-1', ...changes };
  return requestRelease(base, world);
}

describe('a request', () => {
  it('is written down with who, why and what runs there now, and starts nothing by itself', async () => {
    const world = aWorld();
    expect(await ask(world, { reason: 'it is time' })).toMatchObject({ ok: true, value: { how: 'new', release: { number: 1, status: 'requested', requesters: [{ user: ADA, at: T0, reason: 'it is time' }], previous: { label: 'v1' } } } });
    expect(world.aws.calls).toEqual([]);
  });

  it('that is said twice is one', async () => {
    const world = aWorld();
    await ask(world);
    expect(await ask(world)).toMatchObject({ ok: true, value: { release: { number: 1 } } });
    expect((await newestRelease(world)).requesters).toHaveLength(1);
  });

  it.each<readonly [string, Partial<Request>]>([
    ['the same revision', {}],
    ['the same commit by override', { route: { kind: 'pipeline', pipeline: 'shop-pipeline', override: { sourceAction: 'Source', commit: commit('a') } } }],
  ])('for %s is answered with the open release, and who asks counts as a requester', async (_what, changes) => {
    const world = aWorld();
    await ask(world);
    const second = await ask(world, { ...changes, user: GRACE, requestId: 'request-2', reason: 'me too' });
    expect(second).toMatchObject({ ok: true, value: { how: 'joined', release: { number: 1, requesters: [{ user: ADA }, { user: GRACE, reason: 'me too' }], notes: [{ key: `adopted:${GRACE}` }] } } });
  });

  it.each<readonly [string, Partial<Request>]>([
    ['another revision', { revision: { id: commit('b') } }],
    ['another route', { route: { kind: 'version', label: 'v2' } }],
    ['another purpose', { purpose: 'rollback' }],
    ['another environment', { environment: anApp().environments[0] ?? { name: 'dev', beanstalkEnvironment: 'shop-dev', verifyMs: 0, loudness: 'all' } }],
  ])('for %s is a release of its own', async (_what, changes) => {
    const world = aWorld();
    await ask(world);
    expect(await ask(world, { ...changes, requestId: 'request-2' })).toMatchObject({ ok: true, value: { how: 'new', release: { number: 2 } } });
  });

  it('does not join a release that is being cancelled', async () => {
    const world = aWorld();
    await ask(world);
    await cancelRelease((await newestRelease(world)).id, ADA, world);
    expect(await ask(world, { requestId: 'request-2' })).toMatchObject({ value: { release: { number: 2 } } });
  });

  it('for an execution whose release is over is answered with how that ended', async () => {
    const world = aWorld();
    const route = { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1' } as const;
    await ask(world, { route });
    await world.store.saveRelease({ ...(await newestRelease(world)), status: 'rejected' });
    expect(await ask(world, { route, user: GRACE, requestId: 'request-2' })).toMatchObject({ ok: false, refusal: { kind: 'asked-and-over', number: 1, status: 'rejected', route: 'pipeline' } });
    expect((await newestRelease(world)).requesters).toHaveLength(1);
  });

  it('for an execution that is being cancelled says so', async () => {
    const world = aWorld();
    const route = { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1' } as const;
    await ask(world, { route });
    await cancelRelease((await newestRelease(world)).id, ADA, world);
    expect(await ask(world, { route, user: GRACE, requestId: 'request-2' })).toMatchObject({ ok: false, refusal: { kind: 'already-cancelling', by: ADA } });
  });

  it.each([
    ['opens the approval that only they gave', [GRACE], {}, { state: 'open', decisions: [] }],
    ['leaves an approval that others gave too', [GRACE, LINUS], {}, { state: 'decided', verdict: 'approved', decisions: [{ by: LINUS }] }],
    ['changes nothing that AWS is being told', [GRACE], { intent: 'told' }, { state: 'decided', verdict: 'approved', decisions: [{ by: GRACE }] }],
  ] as const)('of an approver %s', async (_what, approvers, { intent }: { intent?: string }, wanted) => {
    const world = aWorld();
    const decisions = approvers.map((by) => ({ by, at: T0, approves: true }));
    const answer = { kind: 'answer-approval', approvalId: 'approval-1', pipeline: 'shop-pipeline', stage: 'Prod', action: 'Approve', token: 'token-1', approved: true, summary: '' } as const;
    await world.store.addRelease(aRelease({ status: 'waiting', approvals: [anApproval({ state: 'decided', verdict: 'approved', decisions })], ...(intent !== undefined && { intent: { effect: answer, t0: T0 } }) }));
    await ask(world, { route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1' }, user: GRACE });
    const [approval] = (await newestRelease(world)).approvals;
    expect(approval).toMatchObject(wanted);
    expect(approval?.verdict).toBe(wanted.state === 'open' ? undefined : 'approved');
  });

  it('of a viewer is refused, and nothing is written down', async () => {
    const world = aWorld();
    expect(await ask(world, { user: VIC })).toMatchObject({ ok: false, refusal: { kind: 'wrong-role', role: 'viewer', owners: [OLIVE] } });
    expect(await world.store.openReleases()).toEqual([]);
  });
});

describe('a role', () => {
  it.each([
    [OLIVE, 'owner'],
    [ADA, 'contributor'],
    [VIC, 'viewer'],
    [GUS, 'viewer'],
  ])('of %s is %s', async (user, role) => {
    expect(await roleOf(user, anApp(), aWorld())).toBe(role);
  });

  it.each(['bot', 'deactivated', 'external'] as const)('of a user who is %s is viewer, whatever the configuration says', async (standing) => {
    const world = aWorld();
    world.slack.standings.set(OLIVE, standing);
    expect(await roleOf(OLIVE, anApp(), world)).toBe('viewer');
  });

  it('cannot be had from a group that cannot be looked up: the fault denies', async () => {
    const world = aWorld({ app: anApp({ people: { owners: [], contributors: [LEADS] } }) });
    world.slack.groups = undefined;
    await expect(ask(world, { user: LINUS })).rejects.toThrow('who is in the group');
    expect(await world.store.openReleases()).toEqual([]);
  });
});

describe('a wish to cancel', () => {
  it('is written down once, with who', async () => {
    const world = aWorld();
    await ask(world);
    const { id } = await newestRelease(world);
    expect(await cancelRelease(id, GRACE, world)).toMatchObject({ ok: true, value: { cancel: { by: GRACE, at: T0 }, notes: [{ key: 'cancel' }] } });
    expect(await cancelRelease(id, ADA, world)).toMatchObject({ ok: false, refusal: { kind: 'already-cancelling', by: GRACE } });
  });

  it.each([
    ['of a viewer', VIC, 'wrong-role'],
    ['of a guest', GUS, 'wrong-role'],
  ])('%s is refused', async (_who, user, kind) => {
    const world = aWorld();
    await ask(world);
    expect(await cancelRelease((await newestRelease(world)).id, user, world)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('comes too late for a release that is over, and finds nothing behind a forged id', async () => {
    const world = aWorld();
    await ask(world);
    await world.store.saveRelease({ ...(await newestRelease(world)), status: 'live' });
    expect(await cancelRelease((await newestRelease(world)).id, ADA, world)).toMatchObject({ ok: false, refusal: { kind: 'release-over', status: 'live' } });
    expect(await cancelRelease('forged', ADA, world)).toMatchObject({ ok: false, refusal: { kind: 'unknown-release' } });
  });
});
