import { describe, expect, it } from '@jest/globals';
import { barrierReason } from '../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../src/domain/effect.ts';
import { lookInFront } from '../../src/operations/barriers/waiting-before.ts';
import { tellWhy } from '../../src/operations/gates/tell-why.ts';
import { requestRelease } from '../../src/operations/request-release.ts';
import { PROD_DOOR, waitsInFront } from '../support/world/barriers.ts';
import { ADA, anOpenApp, OLIVE } from '../support/world/builders.ts';
import { aWorld, pass, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { newestRelease, transcript } from '../support/world/transcript.ts';

const OLIVES_ARN = 'arn:aws:iam::123456789012:user/olive';
const NOBODYS = 'deadbeef-0000-4000-8000-000000000000';

/** Words like Jack's, with an id of which Jack knows nothing. */
const FORGED = [
  ['a lock', barrierReason({ id: NOBODYS, kind: 'lock' }, 'prod')],
  ['a freeze', barrierReason({ id: NOBODYS, kind: 'freeze' }, 'prod')],
  ['a release', holdReason({ id: NOBODYS, number: 1 }, 'shop-prod')],
  ['a release that was never', holdReason({ id: NOBODYS, number: 4711 }, 'shop-prod')],
] as const;

async function aForgedWorld(reason: string): Promise<FakeWorld> {
  const world = aWorld();
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  world.account.close(PROD_DOOR, reason, OLIVES_ARN);
  await waitsInFront(world);
  await pass(world, 8);
  return world;
}

function prodOf({ app }: FakeWorld) {
  const prod = app.environments.find(({ name }) => name === 'prod');
  if (!prod) throw new Error('there is no prod');
  return prod;
}

describe.each(FORGED)('a transition disabled in words like those of %s, by an id that nobody has', (_whose, reason) => {
  it('is somebody else’s for who unlocks, and nothing of Jack’s waits there', async () => {
    const world = await aForgedWorld(reason);
    expect(await lookInFront(world.app, prodOf(world), world)).toMatchObject({ waiting: [], foreign: [{ stage: 'Prod', reason }] });
  });

  it('is somebody else’s for the gates, and none of Jack’s own in `why`', async () => {
    const world = await aForgedWorld(reason);
    const { gates, transitions } = await tellWhy(world.app, prodOf(world), ADA, world);
    expect(gates.find(({ gate }) => gate === 'foreign-lock')).toMatchObject({ open: false, because: 'held-elsewhere', transitions: [{ stage: 'Prod', reason }] });
    expect(transitions).toEqual([]);
  });

  it('is somebody else’s for the release that waits there, and for `/jack status`', async () => {
    const world = await aForgedWorld(reason);
    expect((await newestRelease(world)).waiting).toEqual({ for: 'transition', stage: 'Prod', reason, foreign: true });
    const headline = transcript(world).find((words) => words.includes('#1'));
    expect(headline).toContain('the transition into Prod is disabled: “Jack ');
    expect(headline).not.toMatch(/works there|a lock or a freeze|\[Break glass\]/);
    await types(world, '/jack status', ADA);
    await work(world);
    const answer = JSON.stringify(world.slack.replies.at(-1));
    expect(answer).toContain('It goes on when that is enabled in AWS');
    expect(answer).not.toMatch(/works there|a lock or a freeze/);
  });

  it('is not taken over by a release that an owner lets pass it, and so not opened afterwards', async () => {
    const world = aWorld({ app: anOpenApp() });
    world.account.close(PROD_DOOR, reason, OLIVES_ARN);
    const passes = [{ gate: 'foreign-lock', by: OLIVE, at: world.account.now, reason: 'the shop is down' }] as const;
    const answer = await requestRelease({ app: world.app, environment: prodOf(world), user: OLIVE, route: { kind: 'version', label: 'v0' }, revision: { label: 'v0' }, purpose: 'deploy', requestId: 'asked', passes }, world);
    expect(answer.ok).toBe(true);
    await pass(world, 30);
    expect((await newestRelease(world)).status).toBe('live');
    expect(world.account.disabled.get(PROD_DOOR)).toBe(reason);
    expect(world.account.doorLog).toHaveLength(1);
  });
});
