import { describe, expect, it } from '@jest/globals';
import { buttons } from '../../src/buttons/index.ts';
import { believeForm } from '../../src/operations/clicks/bound-forms.ts';
import { textIn } from '../../src/operations/clicks/form-metadata.ts';
import { ADA, commit, GRACE, LINUS, SHOP, VIC } from '../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, says, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { openApproval } from '../support/world/people.ts';
import { newestRelease } from '../support/world/transcript.ts';

const lastReply = (world: FakeWorld) => world.slack.replies.at(-1)?.text ?? '';
const audited = (world: FakeWorld) => world.store.auditLines({ limit: 1000 });

/** A release that waits for its approval, with its thread. */
async function waiting(world = aWorld()): Promise<{ readonly world: FakeWorld; readonly approval: string; readonly release: string }> {
  await types(world, '/deploy prod');
  const approval = await openApproval(world);
  await pass(world);
  return { world, approval, release: (await newestRelease(world)).id };
}

function headline(world: FakeWorld, owner: string): { readonly channel: string; readonly ts: string } {
  const found = world.slack.messages.find(({ identity }) => identity.owner === owner && identity.key === 'headline');
  if (!found) throw new Error('there is no headline');
  return found;
}

async function clicksIn(world: FakeWorld, where: { readonly channel: string; readonly ts?: string; readonly ephemeral?: boolean }, button: string, value: string, user = GRACE): Promise<string> {
  const { channel, ts, ephemeral = false } = where;
  await says(world, { kind: 'button', button, value, ephemeral, ...(ts !== undefined && { messageTs: ts }) }, user, { channel, reply: { user, channel } });
  await work(world);
  return lastReply(world);
}

const FOREIGN = /did not put that button there/;

describe('the buttons', () => {
  it.each(buttons.map((button) => [button.id, button] as const))('%s say where they stand', (_id, { where }) => {
    expect(where.length).toBeGreaterThan(0);
    expect(where.filter((place) => !['thread', 'direct', 'ephemeral', 'home'].includes(place))).toEqual([]);
  });
});

describe('a click is believed', () => {
  it('in Jack’s own message of the same release', async () => {
    const { world, approval, release } = await waiting();
    expect(await clicksIn(world, headline(world, release), 'approval.approve', approval)).toContain('is recorded');
  });

  it('as soon as the message is recorded, though it was made before', async () => {
    const { world, approval, release } = await waiting();
    const card = (await world.store.messages(release)).find(({ key }) => key === `approval:${approval}`);
    if (!card) throw new Error('there is no card');
    const { ts = '', ...unknown } = card;
    await world.store.saveMessage({ ...unknown, state: 'posting' });
    expect(await clicksIn(world, { channel: SHOP, ts }, 'approval.approve', approval)).not.toMatch(FOREIGN);
    await world.store.saveMessage(card);
    await until(world, () => lastReply(world).includes('is recorded'));
  });

  it('waits also where it was recorded between two looks', async () => {
    const { world, approval, release } = await waiting();
    const card = (await world.store.messages(release)).find(({ key }) => key === `approval:${approval}`);
    const real = world.store.messageAt.bind(world.store);
    let looks = 0;
    world.store.messageAt = async (channel, ts) => ((looks += 1) === 1 ? undefined : real(channel, ts));
    expect(await clicksIn(world, { channel: SHOP, ts: card?.ts ?? '' }, 'approval.approve', approval)).not.toMatch(FOREIGN);
    await until(world, () => lastReply(world).includes('is recorded'));
  });

  it.each<readonly [string, (release: string, world: FakeWorld) => { readonly channel: string; readonly ts?: string; readonly ephemeral?: boolean }]>([
    ['in a message of somebody else', () => ({ channel: SHOP, ts: '999.000009' })],
    ['in another channel', (release, world) => ({ channel: 'C0API00001', ts: headline(world, release).ts })],
    ['in no message', () => ({ channel: SHOP })],
    ['in an answer to one person', () => ({ channel: SHOP, ts: '2000.000001', ephemeral: true })],
    ['in a home tab', () => ({ channel: GRACE })],
  ])('not %s', async (_where, place) => {
    const { world, approval, release } = await waiting();
    const before = JSON.stringify(await world.store.release(release));
    expect(await clicksIn(world, place(release, world), 'approval.approve', approval)).toMatch(FOREIGN);
    expect(JSON.stringify(await world.store.release(release))).toBe(before);
    expect((await audited(world)).at(-1)).toMatchObject({ who: GRACE, what: 'click.approval.approve', outcome: 'refused', rule: 'refused:foreign-click', on: { release: 1, approval } });
  });

  it('not in the thread of another release', async () => {
    const { world, approval } = await waiting();
    world.account.addVersion('v2', commit('2'));
    await types(world, '/deploy dev@v2');
    await until(world, async () => (await newestRelease(world)).environment === 'dev' && world.slack.messages.some(({ identity }) => identity.owner !== approval));
    const other = await newestRelease(world);
    await until(world, () => world.slack.messages.some(({ identity }) => identity.owner === other.id));
    expect(await clicksIn(world, headline(world, other.id), 'approval.approve', approval)).toMatch(FOREIGN);
    expect(await clicksIn(world, headline(world, other.id), 'release.cancel', (await world.store.releaseByNumber(1))?.id ?? '')).toMatch(FOREIGN);
  });

  it('not on a question’s button that stands in a thread', async () => {
    const { world, release } = await waiting();
    expect(await clicksIn(world, headline(world, release), 'choose.nothing', release)).toMatch(FOREIGN);
  });
});

describe('a refusal', () => {
  it('of a click is one line in the audit, with the rule', async () => {
    const { world, approval } = await waiting();
    const before = (await audited(world)).length;
    await clicks(world, 'approval.approve', approval, VIC);
    await work(world);
    expect((await audited(world)).slice(before)).toEqual([expect.objectContaining({ who: VIC, what: 'click.approval.approve', outcome: 'refused', rule: 'refused:not-approver', on: expect.objectContaining({ app: 'shop', environment: 'prod', release: 1, approval }) })]);
  });

  it('of a command that a rule kept off is audited, and of words that nobody understands is not', async () => {
    const world = aWorld();
    await types(world, '/deploy prod', VIC);
    await types(world, '/deploy prdo', ADA);
    await work(world);
    expect(await audited(world)).toEqual([expect.objectContaining({ who: VIC, what: 'command.deploy', rule: 'refused:wrong-role', outcome: 'refused' })]);
  });

  it('is written once, though the process dies before it is finished', async () => {
    const { world, approval } = await waiting();
    const before = (await audited(world)).length;
    const id = await clicks(world, 'approval.approve', approval, VIC);
    await work(world);
    await world.store.nudge(`said:${id}`, world.clock.now());
    await work(world);
    expect(await audited(world)).toHaveLength(before + 1);
  });

  it('of a form is a line of the release that its metadata names', async () => {
    const { world, approval, release } = await waiting();
    const before = (await audited(world)).length;
    const on = { app: 'shop', environment: 'prod', release: 1 };
    await fillsIn(world, 'reject', { reason: 'no' }, { approval }, VIC);
    await work(world);
    await fillsIn(world, 'glass', { reason: 'because I say so' }, { release, gate: 'approval' }, VIC);
    await work(world);
    // Nobody opened this one.
    await says(world, { kind: 'form', form: 'approve', values: { comment: 'yes' }, privateMetadata: JSON.stringify({ approval, app: 'forged' }) }, VIC);
    await work(world);
    expect((await audited(world)).slice(before)).toEqual([
      expect.objectContaining({ what: 'form.reject', rule: 'refused:not-approver', on: { ...on, approval } }),
      expect.objectContaining({ what: 'form.glass', rule: 'refused:not-owner', on }),
      expect.objectContaining({ what: 'form.approve', rule: 'refused:foreign-click', on: { ...on, approval } }),
    ]);
    await types(world, '/jack audit #1', VIC);
    await work(world);
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain('form.reject');
  });

  it('of a form names the place that was chosen in it, and nothing that is not there', async () => {
    const world = aWorld();
    await fillsIn(world, 'deploy', { place: 'shop/prod', 'revision:shop/prod': 'newest' }, { channel: SHOP }, VIC);
    await work(world);
    await fillsIn(world, 'deploy', { place: 'shop/moon', 'revision:shop/moon': 'newest' }, { channel: SHOP, release: 'forged' }, VIC);
    await work(world);
    expect(await audited(world)).toMatchObject([{ what: 'form.deploy', rule: 'refused:wrong-role', on: { app: 'shop', environment: 'prod' } }, { what: 'form.deploy', rule: 'refused:stale-button', on: {} }]);
    expect((await audited(world))[1]?.on).toEqual({});
  });

  it('of an unknown button keeps its name short', async () => {
    const world = aWorld();
    await clicksIn(world, { channel: SHOP }, 'x'.repeat(255), 'y'.repeat(2000));
    const [line] = await audited(world);
    expect(line?.what.length).toBeLessThan(100);
    expect(line?.detail?.length).toBeLessThanOrEqual(300);
  });
});

describe('a form is believed', () => {
  it('once, from who it was opened for, with what it carried', async () => {
    const { world, approval } = await waiting();
    await fillsIn(world, 'reject', { reason: 'no' }, { approval }, GRACE);
    await work(world);
    expect(lastReply(world)).toContain('is recorded');
  });

  it('once, though it is sent twice in the same instant, with two contents', async () => {
    const { world, approval } = await waiting();
    const id = await fillsIn(world, 'reject', { reason: 'no' }, { approval }, GRACE);
    const sent = await world.store.said(id);
    if (sent?.what.kind !== 'form') throw new Error('it is no form');
    const other = { ...sent, id: `${id}-again`, what: { ...sent.what, values: { reason: 'never' } } };
    expect(await Promise.all([believeForm(sent, world), believeForm(other, world)])).toEqual([undefined, { kind: 'stale-button' }]);
    // A repeat after a crash is no second use.
    expect(await believeForm(sent, world)).toBeUndefined();
  });

  it('for a week; then what was noted of it is removed', async () => {
    const { world, approval } = await waiting();
    const id = await fillsIn(world, 'reject', { reason: 'no' }, { approval }, GRACE);
    const sent = await world.store.said(id);
    if (sent?.what.kind !== 'form') throw new Error('it is no form');
    const key = `form:${textIn(sent.what.privateMetadata, 'opened')}`;
    const sweepAfterDays = async (days: number): Promise<void> => {
      world.account.now += days * 24 * 3_600_000;
      await world.store.nudge('notes:old', world.clock.now());
      await work(world);
    };
    await sweepAfterDays(6);
    expect(await world.store.note(key)).toBeDefined();
    await sweepAfterDays(1);
    expect(await world.store.note(key)).toBeUndefined();
    await says(world, sent.what, GRACE);
    await work(world);
    expect(lastReply(world)).toContain('Open it again from its button');
  });

  it('not from somebody else, not with another content, and not twice', async () => {
    const { world, approval } = await waiting();
    const id = await fillsIn(world, 'reject', { reason: 'no' }, { approval: 'another' }, GRACE);
    const sent = await world.store.said(id);
    if (sent?.what.kind !== 'form') throw new Error('it is no form');
    await work(world);
    expect(lastReply(world)).toContain('does not stand for anything');
    for (const [user, privateMetadata] of [[LINUS, sent.what.privateMetadata], [GRACE, sent.what.privateMetadata.replace('another', approval)], [GRACE, sent.what.privateMetadata]] as const) {
      await says(world, { ...sent.what, privateMetadata }, user);
      await work(world);
      expect(lastReply(world)).toMatch(/did not open that form for you|does not stand for anything/);
    }
    expect((await newestRelease(world)).approvals[0]?.decisions).toEqual([]);
    expect((await audited(world)).filter(({ what }) => what === 'form.reject').map(({ rule }) => rule)).toEqual(['refused:stale-button', 'refused:foreign-click', 'refused:foreign-click', 'refused:stale-button']);
  });
});
