import { describe, expect, it } from '@jest/globals';
import { GRACE, LINUS, MINUTE } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types, type FakeWorld } from '../support/world/fake-world.ts';
import { openApproval, untilOver } from '../support/world/people.ts';
import { newestRelease, transcript } from '../support/world/transcript.ts';

/** A release that has waited at its approval for a quarter of an hour. */
async function longAtApproval(): Promise<{ readonly world: FakeWorld; readonly approval: string; find: (isFound: boolean) => void }> {
  const whole = aWorld();
  let app = whole.app;
  const world: FakeWorld = { ...whole, apps: { ...whole.apps, all: () => [app] } };
  await types(world, '/deploy prod');
  const approval = await openApproval(world);
  await passMinutes(world, 15);
  return { world, approval, find: (isFound) => (app = isFound ? whole.app : { ...whole.app, pipelines: [] }) };
}

async function passMinutes(world: FakeWorld, minutes: number): Promise<void> {
  const end = world.account.now + minutes * MINUTE;
  while (world.account.now < end) await pass(world);
}

function forget(world: FakeWorld): { readonly remember: () => void } {
  const { forgotten } = world.account.mishaps;
  for (const { id } of world.account.executions) forgotten.add(id);
  return { remember: () => forgotten.clear() };
}

describe('an execution that AWS does not know for a moment', () => {
  it('is followed on, however long the release has waited', async () => {
    const { world, approval } = await longAtApproval();
    const { remember } = forget(world);
    await pass(world, 7);
    expect((await newestRelease(world)).unseenSince).toBeDefined();
    remember();
    await pass(world, 7);
    const seen = await newestRelease(world);
    expect(seen.status).toBe('waiting');
    expect(seen).not.toHaveProperty('unseenSince');
    await clicks(world, 'approval.approve', approval, GRACE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('is lost when AWS goes on not knowing it', async () => {
    const { world } = await longAtApproval();
    forget(world);
    await passMinutes(world, 12);
    expect(await newestRelease(world)).toMatchObject({ status: 'lost', outcome: 'CodePipeline does not know this execution any more.' });
  });
});

describe('a release whose pipeline is not found', () => {
  it('says so in its thread, and goes on when it is found again', async () => {
    const { world, approval, find } = await longAtApproval();
    find(false);
    await passMinutes(world, 15);
    expect((await newestRelease(world)).status).toBe('waiting');
    expect(transcript(world).join('\n')).toContain('Pipeline shop-pipeline of shop is not found.');
    find(true);
    await passMinutes(world, 2);
    expect(transcript(world).join('\n')).not.toContain('is not found');
    await clicks(world, 'approval.approve', approval, GRACE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('is given up by who cancels it', async () => {
    const { world, find } = await longAtApproval();
    find(false);
    await passMinutes(world, 2);
    await types(world, `/deploy cancel #${(await newestRelease(world)).number}`, LINUS);
    await clicks(world, 'release.cancel', (await newestRelease(world)).id, LINUS);
    await passMinutes(world, 12);
    expect(await newestRelease(world)).toMatchObject({ status: 'lost', outcome: 'It was given up: its pipeline is not found any more.' });
  });
});
