import { describe, expect, it, jest } from '@jest/globals';
import { ADA } from './support/account.ts';
import { LIVE } from './support/cast.ts';
import type { Block } from './support/messages.ts';
import { until } from './support/door.ts';
import { askedTwice } from './support/retold.ts';
import { sceneForEach } from './support/scene.ts';
import type { Stage } from './support/stage.ts';
import { Tale } from './support/tale.ts';

jest.setTimeout(60_000);

describe('asking Jack', () => {
  const scene = sceneForEach();

  it('for the newest starts an execution; a second person who asks for the same joins', async () => {
    const { wanted, found } = await askedTwice(scene());
    expect(found).toBe(wanted);
  });

  it('while an older one waits: the caller chooses', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await aws.mishap('tests-failed', 'shop-build');
    await aws.push('Fix the basket', ADA);
    await stage.headline('shop', /\*  failed\n.*Fix the basket/);
    await stage.person('linus').types('shop', '/deploy prod');
    await stage.person('linus').reads('shop', 'not the newest');
    await tale.moment('the question');
    await stage.person('linus').clicks('shop', 'Take the one that waits');
    await stage.person('linus').reads('shop', 'requester');
    const { wanted, found } = await tale.ends('older-waits');
    expect(found).toBe(wanted);
  });

  it('for a version that exists: by environment, by label, by commit, by execution', async () => {
    const { stage, aws, tale } = scene();
    const ada = stage.person('ada');
    const { executions } = await aws.pipeline();
    const [rejected, live] = [executions[0], executions[1]];
    await ada.types('shop', '/deploy prod@dev the banner is translated');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    await tale.moment('what dev runs is on prod');
    await ada.types('shop', `/deploy prod@${rejected?.commit.slice(0, 7) ?? ''}`);
    await ada.reads('shop', 'already runs');
    await ada.types('shop', `/deploy prod @${live?.id ?? ''}`);
    await stage.person('grace').clicks('shop', 'Reject');
    await stage.person('grace').submits(await stage.person('grace').form('reject'), { reason: { 'reject.reason': 'That is the old one' } });
    await stage.headline('shop', /\*  rejected/);
    const label = (await aws.environment('shop-dev')).version;
    await ada.types('shop', `/deploy dev@${label}`);
    await until('the second “already runs”', async () => ((await ada.readsChannel('shop')).filter((text) => text.includes('already runs')).length >= 2 ? true : undefined));
    const { wanted, found } = await tale.ends('existing-version');
    expect(found).toBe(wanted);
  });

  it('for what there is not: words are refused with what was meant', async () => {
    const { stage, tale } = scene();
    const ada = stage.person('ada');
    const asked: readonly (readonly [string, string])[] = [
      ['/deploy prdo', '“prdo”'],
      ['/deploy shpo prod', '“shpo”'],
      ['/deploy prod@devv', '“devv”'],
      ['/deploy prod@abcdef0', 'never run'],
      ['/deploy lock prod', 'takes a reason'],
      ['/jack dance', '“dance”'],
      ['/rollback nowhere', '“nowhere”'],
    ];
    for (const [words, answer] of asked) {
      await ada.types('shop', words);
      await ada.reads('shop', answer);
    }
    await stage.person('gus').types('shop', '/deploy prod');
    await stage.person('gus').reads('shop', 'viewer');
    await ada.types('general', '/deploy prod');
    await ada.reads('general', 'Which app');
    await tale.moment('what was refused');
    const general = new Tale(stage, 'general');
    await general.moment('in a channel of no app');
    const { wanted, found } = tale.compare('refusals');
    expect(found).toBe(wanted);
    const elsewhere = general.compare('refusals-elsewhere');
    expect(elsewhere.found).toBe(elsewhere.wanted);
  });

  it('why, for help, and what runs where; and the home tab', async () => {
    const { stage, tale } = scene();
    const ada = stage.person('ada');
    await ada.types('shop', '/deploy why prod');
    await ada.reads('shop', /can (go|start) now/);
    await stage.person('gus').types('shop', '/deploy why prod');
    await stage.person('gus').reads('shop', 'is refused now');
    await ada.types('shop', '/jack status');
    await ada.reads('shop', /prod\*  /);
    await ada.types('shop', '/jack help');
    await ada.reads('shop', 'What you can type');
    await ada.types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await tale.moment('the answers');
    const grace = await home(stage, 'grace');
    tale.shows('the home tab of grace', { blocks: grace.blocks });
    const { wanted, found } = tale.compare('looking');
    expect(found).toBe(wanted);
  });

  it('to go through where nothing stops the pipeline: the caller is asked first', async () => {
    const { stage, aws, tale } = scene();
    const declared = await aws.look<{ pipeline: { stages: { name: string; actions: { name: string }[] }[] } }>('codepipeline', 'GetPipeline', { name: 'shop' });
    const stages = declared.pipeline.stages.map((one) => ({ ...one, actions: one.actions.filter((action) => action.name !== 'ApproveProd') }));
    await aws.console('codepipeline', 'UpdatePipeline', { pipeline: { ...declared.pipeline, stages } }, 'takes the approval out of the pipeline');
    await stage.restartBot();
    await aws.mishap('build-command-failed', 'shop-build');
    await aws.push('Fix the basket', ADA);
    await stage.headline('shop', /\*  failed/);
    await stage.person('ada').types('shop', '/deploy dev');
    await stage.person('ada').reads('shop', 'does not stop');
    await tale.moment('the question');
    await stage.person('ada').clicks('shop', 'Leave it');
    await stage.person('ada').reads('shop', 'Nothing was changed');
    const { wanted, found } = await tale.ends('passes-through');
    expect(found).toBe(wanted);
  });

  it('by a mention, also in a thread', async () => {
    const { stage, tale } = scene();
    const ada = stage.person('ada');
    await ada.types('shop', '@Jack deploy prod for the sale');
    await stage.headline('shop', /may .*go on/);
    const root = (await ada.sees('shop')).find((message) => (message.reply_count ?? 0) > 0 && message.user === 'U0JACK0001');
    await ada.types('shop', '@Jack why prod', root?.ts);
    await ada.reads('shop', /can (go|start) now/);
    await ada.types('shop', '@Jack cancel', root?.ts);
    await stage.headline('shop', /\*  cancelled/);
    const { wanted, found } = await tale.ends('mention');
    expect(found).toBe(wanted);
  });

  it('with the form behind bare /deploy', async () => {
    const { stage, tale } = scene();
    const ada = stage.person('ada');
    await ada.types('shop', '/deploy');
    const form = await filledForm(stage, 'shop/dev');
    tale.shows('the form, for dev', form);
    await stage.door.post('/slack/select', { user: 'ada', view_id: form.id, block_id: 'place', action_id: 'deploy.place', value: 'shop/prod' });
    const prod = await filledForm(stage, 'shop/prod');
    tale.shows('the form, for prod', prod);
    const newest = newestIn(prod, 'shop/prod');
    await ada.submits(prod, { place: { 'deploy.place': 'shop/prod' }, 'revision:shop/prod': { 'deploy.revision': newest }, reason: { 'deploy.reason': 'For the <b>sale</b>' } });
    await stage.headline('shop', /may .*go on/);
    const { wanted, found } = await tale.ends('form');
    expect(found).toBe(wanted);
  });
});

interface FilledForm {
  readonly id: string;
  readonly callback_id: string;
  readonly title: { readonly text: string };
  readonly submit: { readonly text: string };
  readonly blocks: readonly Block[];
}

/** What the form offers first there: the newest, with the commit that it shows. */
function newestIn(form: FilledForm, place: string): string {
  const found = /"value":"(newest[^"]*)"/.exec(JSON.stringify(form.blocks.find((block) => block.block_id === `revision:${place}`)));
  if (found?.[1] === undefined) throw new Error(`the form offers no newest for ${place}`);
  return found[1];
}

/** The deploy form once it shows what can be deployed there. */
async function filledForm(stage: Stage, place: string): Promise<FilledForm> {
  return until(`the form to fill itself for ${place}`, async () => {
    const form = (await stage.person('ada').form('deploy')) as FilledForm;
    return form.blocks.some((block) => block.block_id === `revision:${place}`) ? form : undefined;
  });
}

async function home(stage: Stage, user: string): Promise<{ readonly blocks: readonly Block[] }> {
  await stage.door.post('/slack/home', { user });
  return until(`the home tab of ${user}`, async () => (await stage.door.get<{ view?: { readonly blocks: readonly Block[] } }>(`/slack/as/${user}/home`)).view, 20_000);
}
