import { describe, expect, it } from '@jest/globals';
import { checkForm, openForm, opensForm } from '../../src/forms/index.ts';
import type { Said } from '../../src/ports.ts';
import { ADA, anApp, commit, GRACE, SHOP } from '../support/world/builders.ts';
import { aWorld, clicks, fillsIn, says, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { openApproval, untilOver } from '../support/world/people.ts';
import { newestRelease, onlyRelease } from '../support/world/transcript.ts';

const said = (what: Said['what'], more: Partial<Said> = {}): Said => ({ id: '1', at: 0, user: ADA, channel: SHOP, what, reply: { user: ADA, channel: SHOP }, triggerId: 'trigger-1', ...more });
const bare = said({ kind: 'command', command: '/deploy', words: '' });
const button = (id: string, value: string) => said({ kind: 'button', button: id, value, ephemeral: false });

async function submits(world: FakeWorld, form: string, values: Readonly<Record<string, string>>, privateMetadata: object, user = ADA): Promise<string> {
  await fillsIn(world, form, values, privateMetadata, user);
  await work(world);
  return world.slack.replies.at(-1)?.text ?? '';
}

describe('a form is opened', () => {
  it.each([
    ['by bare /deploy', bare, true],
    ['by /jack deploy', said({ kind: 'command', command: '/jack', words: 'deploy' }), true],
    ['by Reject', button('approval.reject', 'approval-1'), true],
    ['by the home tab', button('home.deploy', 'home'), true],
    ['by another place', button('deploy.place', 'shop/dev'), true],
    ['not by /deploy prod', said({ kind: 'command', command: '/deploy', words: 'prod' }), false],
    ['not by a mention, which has no trigger', said({ kind: 'mention', words: 'deploy', ts: '1.0' }), false],
    ['not by Approve', button('approval.approve', 'approval-1'), false],
  ])('%s', (_how, what, opens) => {
    expect(opensForm(what)).toBe(opens);
  });

  it('at once, and then fills itself', async () => {
    const world = aWorld();
    await openForm(bare, undefined, world);
    expect(world.slack.forms).toHaveLength(2);
    expect(JSON.stringify(world.slack.forms[0]?.blocks)).toContain('Looking at AWS');
    expect(JSON.stringify(world.slack.forms[1]?.blocks)).toContain('deploy.revision');
  });

  it('not without a trigger', async () => {
    const world = aWorld();
    const { triggerId: _gone, ...late } = bare;
    await openForm(late, undefined, world);
    expect(world.slack.forms).toEqual([]);
  });

  it('again for another place, with what can go there', async () => {
    const world = aWorld();
    await openForm(button('deploy.place', 'shop/prod'), { viewId: 'V1', hash: 'h1', privateMetadata: JSON.stringify({ channel: SHOP }) }, world);
    expect(JSON.stringify(world.slack.forms[0]?.blocks)).toContain('revision:shop/prod');
  });

  it('is not disturbed by metadata that somebody forged', async () => {
    const world = aWorld();
    await openForm(button('deploy.place', 'nowhere/never'), { viewId: 'V1', hash: 'h1', privateMetadata: 'null' }, world);
    expect(world.slack.forms).toEqual([]);
  });
});

describe('the form behind /deploy', () => {
  it.each([
    [`newest:${commit('a')}`, { kind: 'pipeline', pipeline: 'shop-pipeline' }],
    ['newest', { kind: 'pipeline', pipeline: 'shop-pipeline' }],
    ['v0', { kind: 'version', label: 'v0' }],
  ])('deploys what was chosen: %s', async (chosen, route) => {
    const world = aWorld();
    expect(await submits(world, 'deploy', { place: 'shop/prod', 'revision:shop/prod': chosen, reason: 'because' }, { channel: SHOP })).toContain('is on its way');
    expect(await onlyRelease(world)).toMatchObject({ route: expect.objectContaining(route), requesters: [{ user: ADA, reason: 'because' }] });
  });

  it('does nothing for a place that does not exist', async () => {
    const world = aWorld();
    expect(await submits(world, 'deploy', { place: 'shop/moon' }, { channel: SHOP })).toContain('does not stand for anything');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('wants to know where to', () => {
    expect(checkForm('deploy', {})).toEqual({ place: 'Choose where to.' });
  });

  it('that was sent before it was drawn for the place is not taken', async () => {
    expect(checkForm('deploy', { place: 'shop/prod', 'revision:shop/prod': 'v0' })).toBeUndefined();
    expect(checkForm('deploy', { place: 'shop/prod', 'revision:shop/dev': 'v0' })).toEqual({ place: 'The list was still for shop/dev; choose again.' });
    expect(checkForm('deploy', { place: 'shop/prod' })).toHaveProperty('place');
    const world = aWorld();
    await submits(world, 'deploy', { place: 'shop/prod', 'revision:shop/dev': 'v0' }, { channel: SHOP });
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('ships no newer commit than it showed', async () => {
    const world = aWorld();
    world.account.head = { id: commit('b'), sourceAction: 'Source' };
    expect(await submits(world, 'deploy', { place: 'shop/prod', 'revision:shop/prod': `newest:${commit('a')}` }, { channel: SHOP })).toContain('not the newest any more');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('is not opened in the channel of an app that could not be discovered', async () => {
    const world = aWorld({ app: anApp({ channel: 'C0API00001' }) });
    await openForm(bare, undefined, { ...world, apps: { ...world.apps, problems: () => [{ app: 'api', channel: SHOP, problem: 'There is no such application.' }] } });
    expect(world.slack.forms.map((form) => form.callback_id)).toEqual(['sorry']);
  });
});

async function waiting(): Promise<{ world: FakeWorld; id: string }> {
  const world = aWorld();
  await types(world, '/deploy prod');
  return { world, id: await openApproval(world) };
}

describe('the form behind Reject', () => {
  it('wants a reason, and not just spaces', () => {
    expect(checkForm('reject', { reason: '  ' })).toHaveProperty('reason');
    expect(checkForm('reject', { reason: 'no' })).toBeUndefined();
  });

  it('ends the release with the reason', async () => {
    const { world, id } = await waiting();
    await submits(world, 'reject', { reason: ' not today ' }, { approval: id }, GRACE);
    expect(await untilOver(world)).toMatchObject({ status: 'rejected', outcome: 'not today' });
  });

  it('is authorised again when it is sent', async () => {
    const { world, id } = await waiting();
    world.slack.standings.set(GRACE, 'deactivated');
    expect(await submits(world, 'reject', { reason: 'no' }, { approval: id }, GRACE)).toContain('never approve');
    expect((await newestRelease(world)).status).toBe('waiting');
  });

  it.each(['null', '{}', '{"approval":7}'])('does nothing with forged metadata: %s', async (privateMetadata) => {
    const { world } = await waiting();
    await says(world, { kind: 'form', form: 'reject', values: { reason: 'no' }, privateMetadata }, GRACE);
    await work(world);
    expect(world.slack.replies.at(-1)?.text).toContain('did not open that form for you');
    expect(await submits(world, 'reject', { reason: 'no' }, { approval: 7 }, GRACE)).toContain('does not stand for anything');
  });

  it('is answered where the click is: in the channel for a message that stands there, though it is in a thread', async () => {
    const { world, id } = await waiting();
    const click = said({ kind: 'button', button: 'approval.reject', value: id, threadTs: '1.1', ephemeral: false }, { user: GRACE });
    await openForm(click, undefined, world);
    await openForm({ ...click, reply: { ...click.reply, threadTs: '1.1' } }, undefined, world);
    expect(world.slack.forms.map((form) => JSON.parse(form.private_metadata ?? '{}').threadTs)).toEqual([undefined, '1.1']);
  });

  it('shows instead what happened when the question is closed', async () => {
    const { world, id } = await waiting();
    await openForm({ ...button('approval.reject', id), user: GRACE }, undefined, world);
    expect(world.slack.forms.at(-1)?.callback_id).toBe('reject');
    await clicks(world, 'approval.approve', id, GRACE);
    await untilOver(world);
    await openForm({ ...button('approval.reject', id), user: GRACE }, undefined, world);
    await openForm({ ...button('approval.reject', 'forged'), user: GRACE }, undefined, world);
    expect(world.slack.forms.slice(-2).map((form) => form.callback_id)).toEqual(['sorry', 'sorry']);
  });
});
