import { describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import { lets, locks, unlocks } from '../../support/world/barriers.ts';
import { anApp, anEnvironment, GRACE, LEADS, LINUS, OLIVE } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, type FakeWorld } from '../../support/world/fake-world.ts';
import { openApproval, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const asking = (from: readonly string[], count = 1): App => anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0, approval: { from, count } })] });

/** A release that has all its yes, and that a lock of Olive's holds; `now` is what jack.yml says from then on. */
async function held(app: App, approvers: readonly string[]): Promise<{ readonly world: FakeWorld; readonly id: string; readonly lock: string; readonly becomes: (app: App) => void }> {
  const present = { app };
  const plain = aWorld({ app });
  const world = { ...plain, apps: { ...plain.apps, all: () => [present.app] } };
  await types(world, '/deploy prod');
  const id = await openApproval(world);
  const lock = await locks(world, OLIVE, 'migration');
  for (const approver of approvers) await clicks(world, 'approval.approve', id, approver);
  await pass(world, 2);
  expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'lock' });
  return { world, id, lock: lock.id, becomes: (next) => void (present.app = next) };
}

/** Olive unlocks and lets it in. */
async function letsIn(world: FakeWorld, lock: string): Promise<void> {
  await unlocks(world, lock, OLIVE);
  await pass(world, 4);
  await lets(world, lock, OLIVE);
  await pass(world, 6);
}

describe('a yes that was held, of somebody who is no approver any more', () => {
  it('lets nothing in when they have left the group: the question is open again, and says so', async () => {
    const { world, id, lock } = await held(asking([LEADS]), [GRACE]);
    world.slack.groups = new Map([[LEADS, [LINUS]]]);
    await letsIn(world, lock);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'approval', approvalId: id });
    expect(transcript(world).join('\n')).toContain(`what <@${GRACE}> said counts no more: no approver by now`);
    await clicks(world, 'approval.approve', id, LINUS);
    expect((await untilOver(world)).status).toBe('live');
    expect(effects(world, 'answer-approval')).toBe(1);
  });

  it('is one too few where two are needed, for who was deactivated or is not in jack.yml any more', async () => {
    const { world, id, lock, becomes } = await held(asking([GRACE, LINUS, OLIVE], 2), [GRACE, LINUS]);
    world.slack.standings.set(GRACE, 'deactivated');
    becomes(asking([LINUS, OLIVE], 2));
    await letsIn(world, lock);
    expect(effects(world, 'answer-approval')).toBe(0);
    await clicks(world, 'approval.approve', id, OLIVE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('lets nothing in while Slack does not tell who is in the group', async () => {
    const { world, lock } = await held(asking([LEADS]), [GRACE]);
    const { groups } = world.slack;
    world.slack.groups = undefined;
    await letsIn(world, lock);
    expect(effects(world, 'answer-approval')).toBe(0);
    world.slack.groups = groups;
    await until(world, () => effects(world, 'answer-approval') === 1);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('counts as ever for who is still one', async () => {
    const { world, lock } = await held(asking([LEADS]), [GRACE]);
    await letsIn(world, lock);
    expect(effects(world, 'answer-approval')).toBe(1);
  });
});
