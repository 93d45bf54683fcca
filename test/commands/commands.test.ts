import { describe, expect, it } from '@jest/globals';
import { commands, NOT_BUILT, parseSaid, RESERVED } from '../../src/commands/index.ts';
import { RESERVED_WORDS } from '../../src/config/reserved-words.ts';
import type { Said } from '../../src/ports.ts';
import { ADA, anApp, aRelease, aRunningVersion, commit, LINUS, SHOP, T0, VIC } from '../support/world/builders.ts';
import { aWorld, says, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { onlyRelease } from '../support/world/transcript.ts';

const parsed = (what: Said['what']) => parseSaid({ id: '1', at: 0, user: ADA, channel: SHOP, what, reply: { user: ADA, channel: SHOP } });
const typed = (command: string, words: string) => parsed({ kind: 'command', command, words });
const mentioned = (words: string) => parsed({ kind: 'mention', words, ts: '1.0' });

/** What the one who typed it is told. */
async function answerTo(world: FakeWorld, text: string, user = ADA): Promise<string> {
  await types(world, text, user);
  await work(world);
  const last = world.slack.replies.at(-1);
  expect(last?.to.user).toBe(user);
  return last?.text ?? '';
}

describe('what was typed', () => {
  it.each([
    ['/deploy', 'prod', 'deploy', ['prod']],
    ['/deploy', '', 'deploy', []],
    ['/deploy', 'why prod', 'why', ['prod']],
    ['/deploy', 'Cancel #4', 'cancel', ['#4']],
    ['/deploy', 'lock prod', 'lock', ['prod']],
    ['/rollback', 'prod', 'rollback', ['prod']],
    ['/rollback', '', 'rollback', []],
    ['/jack', 'deploy prod', 'deploy', ['prod']],
    ['/rollback', 'deploy shop prod', 'rollback deploy', ['shop', 'prod']],
    ['/deploy', 'rollback prod', 'deploy rollback', ['prod']],
    ['/jack', '', 'help', []],
    ['/jack', 'dance now', 'dance', ['now']],
  ])('%s %s is the verb %s', (command, words, verb, rest) => {
    expect(typed(command, words)).toEqual({ verb, words: rest });
  });

  it('to @Jack understands the same words', () => {
    expect(mentioned('deploy prod')).toEqual({ verb: 'deploy', words: ['prod'] });
    expect(mentioned('')).toEqual({ verb: 'help', words: [] });
  });

  it('by a click is no command', () => {
    expect(parsed({ kind: 'button', button: 'release.cancel', value: '1', ephemeral: false })).toEqual({ verb: '', words: [] });
  });
});

describe('the words of commands', () => {
  it('can name neither an app nor an environment', () => {
    expect(RESERVED.filter((word) => !RESERVED_WORDS.has(word))).toEqual([]);
  });

  it('are one for each command', () => {
    expect(new Set(RESERVED).size).toBe(RESERVED.length);
  });

  it.each(commands.flatMap((command) => command.usages.map((usage) => [usage, command.verb] as const)))('in the usage “%s” are read as %s', (usage, verb) => {
    const [command = '', ...words] = usage.replaceAll(/\[[^\]]*\]/g, '').trim().split(/\s+/);
    expect(typed(command, words.join(' ')).verb).toBe(verb);
  });
});

describe('an answer', () => {
  it('to /deploy prod says where to look', async () => {
    expect(await answerTo(aWorld(), '/deploy prod')).toBe(`#1 *shop → prod* is on its way; follow it in <#${SHOP}>.`);
  });

  it.each(NOT_BUILT)('to %s is that it is not built, and nothing is done', async (verb) => {
    const world = aWorld();
    expect(await answerTo(world, `/jack ${verb} prod`)).toContain('not built yet');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('to words that nobody knows shows how to say it', async () => {
    expect(await answerTo(aWorld(), '/jack dance')).toContain('I don’t understand “dance”');
    expect(await answerTo(aWorld(), '/deploy prd')).toContain('Did you mean `prod`?');
    expect(await answerTo(aWorld(), '/deploy why')).toContain('/deploy why');
  });

  it.each(['--dry-run', '—dry-run', '@v1 --force', 'at 18:00'])('to /rollback prod %s is that this is not built, and nothing is done', async (words) => {
    const world = aWorld();
    expect(await answerTo(world, `/rollback prod ${words}`)).toContain('is not built yet, so nothing was done');
    expect(world.slack.replies.at(-1)?.blocks?.some(({ type }) => type === 'actions')).toBe(false);
  });

  it.each(['--dry-run', '—dry-run', 'now --force', 'the sale at 18:00', 'for 2h', 'in 10m'])('to /deploy prod %s is that this is not built, and nothing is done', async (words) => {
    const world = aWorld();
    expect(await answerTo(world, `/deploy prod ${words}`)).toContain('not built yet');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it.each(['before tomorrow', 'it broke at 18:00 in the morning', '“the sale at 18:00”', 'broken for 2 customers'])('to /deploy prod %s takes the words as the reason', async (words) => {
    const world = aWorld();
    expect(await answerTo(world, `/deploy prod ${words}`)).toContain('is on its way');
  });

  it('to another verb behind /rollback is no deployment', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/rollback deploy shop prod')).toContain('I don’t understand');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('to /deploy why tells who closed the way', async () => {
    const world = aWorld();
    world.account.disabled.set('shop-pipeline/Prod', 'migration running');
    expect(await answerTo(world, '/deploy why prod')).toContain('`/deploy prod` is refused now.');
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain('is disabled: “migration running”. Who disabled it can enable it, in AWS');
    expect(await answerTo(world, '/deploy why dev')).toContain('can go now');
    await answerTo(world, '/jack status');
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain('migration running');
  });

  it('to /deploy why with a revision is about just that one', async () => {
    const world = aWorld();
    const shown = () => JSON.stringify(world.slack.replies.at(-1)?.blocks);
    world.account.disabled.set('shop-pipeline/Dev', 'migration running');
    await world.store.recordRunning(aRunningVersion('v0', T0, { revision: { id: commit('0'), label: 'v0' } }));
    expect(await answerTo(world, '/deploy why prod')).toContain('`/deploy prod` is refused now.');
    // No transition into dev stops a version on its way to prod.
    expect(await answerTo(world, '/deploy why prod@v0')).toBe('*shop → prod*: `/deploy prod@v0` (`0000000`, as version `v0` straight to Beanstalk) is taken, and asks for its approval first.');
    expect(shown()).not.toContain('migration running');
    expect(await answerTo(world, '/deploy why prod@v77')).toContain('v77');
    expect(await answerTo(world, '/deploy why prod @dev')).toContain('already runs on *prod*');
    await answerTo(world, '/deploy prod@v0');
    expect(await answerTo(world, '/deploy why prod@v0')).toContain('is #1, and you asked for it already.');
    expect(await answerTo(world, '/deploy why prod@v0', LINUS)).toContain('joins #1, which brings just that already.');
    expect(await world.store.openReleases()).toHaveLength(1);
  });

  it('in the channel of an app that could not be discovered is about that app alone', async () => {
    const world = aWorld({ app: anApp({ name: 'api', channel: 'C0API00001' }) });
    const shopless = { ...world, apps: { ...world.apps, problems: () => [{ app: 'shop', channel: SHOP, problem: 'There is no application “shop”.' }] } };
    for (const words of ['/deploy prod', '/rollback', '/deploy why dev']) expect(await answerTo(shopless, words)).toContain('There is no application');
    await answerTo(shopless, '/jack status');
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).not.toContain('api');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('to /jack status survives an environment that cannot be read', async () => {
    const world = aWorld();
    world.account.environments.get('shop-dev')?.start('v0', 'request-0', 0);
    const blind = { ...world, aws: { ...world.aws, observeEnvironment: async (app: typeof world.app, name: string) => world.aws.observeEnvironment(app, name === 'shop-dev' ? 'gone' : name) } };
    await answerTo(blind, '/jack status');
    const shown = JSON.stringify(world.slack.replies.at(-1)?.blocks);
    expect(shown).toContain('*dev*  cannot be read: No Environment found');
    expect(shown).toContain('*prod*');
  });

  it('to a viewer is who can help, and nothing is done', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy prod', VIC)).toContain('That takes a contributor');
    expect(await answerTo(world, '/rollback prod', VIC)).toContain('That takes a contributor');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('to /deploy why changes nothing', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy why prod')).toContain('can start now');
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('to /jack help shows every command and the caller’s own role', async () => {
    const world = aWorld();
    await answerTo(world, '/jack help', VIC);
    const shown = JSON.stringify(world.slack.replies.at(-1)?.blocks);
    for (const command of commands) expect(shown).toContain(command.says);
    expect(shown).toContain('you are a *viewer*');
  });

  it('to /jack status shows what runs where, and what is on its way', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await work(world);
    await answerTo(world, '/jack status');
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain('#1');
  });

  it.each(['', '#412', 'nonsense', '#0'])('to /deploy cancel “%s” is that there is no such release', async (word) => {
    expect(await answerTo(aWorld(), `/deploy cancel ${word}`.trim())).toMatch(/Which release|I know no release/);
  });

  it('to @Jack cancel in a thread is about the release of the thread', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await until(world, () => world.slack.messages.length > 0);
    const threadTs = world.slack.messages[0]?.ts ?? '';
    await says(world, { kind: 'mention', words: 'cancel', ts: '2.0', threadTs }, ADA, { reply: { user: ADA, channel: SHOP, threadTs } });
    await work(world);
    expect((await onlyRelease(world)).cancel?.by).toBe(ADA);
  });

  it('is given to each once, however often Slack delivers', async () => {
    const world = aWorld();
    for (let delivery = 0; delivery < 3; delivery += 1) {
      await says(world, { kind: 'command', command: '/deploy', words: 'prod' }, ADA, { id: 'trigger-1' });
      await work(world);
    }
    expect(world.slack.replies).toHaveLength(1);
    expect((await onlyRelease(world)).requesters).toHaveLength(1);
  });

  it('to /rollback without words is about the last environment', async () => {
    const world = aWorld({ app: anApp() });
    await world.store.recordRunning({ app: 'shop', environment: 'prod', label: 'v0', revision: { id: commit('0') }, since: 1, standing: 'verified' });
    expect(await answerTo(world, '/rollback')).toContain('Roll *shop → prod* back');
    expect(await answerTo(world, '/rollback shop')).toContain('Roll *shop → prod* back');
    expect(await answerTo(world, '/rollback @v0 it is slow')).toContain('Roll *shop → prod* back');
    expect(await answerTo(world, '/rollback dev')).toContain('nothing to roll *dev* back to');
  });

  it('to /rollback while one runs names it', async () => {
    const world = aWorld();
    await world.store.addRelease(aRelease({ purpose: 'rollback', route: { kind: 'version', label: 'v0' }, deploys: [] }));
    expect(await answerTo(world, '/rollback prod')).toBe('A rollback of *prod* is on its way already: #1. Follow it in its thread.');
  });
});
