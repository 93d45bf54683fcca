import { describe, expect, it, jest } from '@jest/globals';
import { QUICK } from './support/cast.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

describe('jack.yml that is changed while Jack runs', () => {
  const scene = sceneForEach();

  it('counts at once: who was taken out of the approvers cannot answer a card that was drawn before', async () => {
    const { stage } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.configure(QUICK.replace('from: [S0APPROVE1, U0OLIVE001]', 'from: [U0OLIVE001]'));
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Approve');
    expect(await grace.reads('shop', 'not among the approvers')).toContain('<@U0OLIVE001>');
    const { pipelines } = await stage.door.get<{ pipelines: readonly { readonly stages: readonly { readonly name: string; readonly actions: readonly { readonly name: string; readonly status?: string }[] }[] }[] }>('/aws/state');
    const actions = pipelines.flatMap((pipeline) => pipeline.stages.flatMap((one) => one.actions));
    expect(actions.find((action) => action.name === 'ApproveProd')?.status).toBe('InProgress');
  });
});
