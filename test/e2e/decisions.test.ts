import { describe, expect, it, jest } from '@jest/globals';
import { LIVE, QUICK } from './support/cast.ts';
import { until } from './support/door.ts';
import { sceneForEach } from './support/scene.ts';
import type { Stage } from './support/stage.ts';

jest.setTimeout(60_000);

const TWO = QUICK.replace('count: 1, expires', 'count: 2, expires');

/** What the audit has of this deed, one line each. */
async function audited(stage: Stage, deed: string): Promise<number> {
  await stage.person('olive').types('shop', '/jack audit #1');
  const page = await stage.person('olive').reads('shop', 'Audit of #1');
  return page.split('\n').filter((line) => line.includes(`*${deed}*`)).length;
}

/** How many answers AWS took since then; one that was cut before it arrived is none. */
async function answered(stage: Stage, since: number): Promise<number> {
  const { calls } = await stage.door.get<{ calls: readonly { at: string; status?: number }[] }>('/calls?operation=PutApprovalResult');
  return calls.filter((call) => call.status === 200 && Date.parse(call.at) >= since).length;
}

describe('a decision that two people make at the same moment', () => {
  const scene = sceneForEach({ bundled: true });

  it('is one decision in AWS and in the audit, and each is told the truth', async () => {
    const { stage } = scene();
    const began = Date.now();
    const [min, grace] = [stage.person('min'), stage.person('grace')];
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.door.post('/slack/deliver', { kind: 'duplicate-next', times: 2 });
    await Promise.all([min.clicks('shop', 'Approve'), grace.clicks('shop', 'Approve')]);
    await stage.headline('shop', LIVE);
    const told = (await Promise.all([min.readsChannel('shop'), grace.readsChannel('shop')])).flat();
    expect(told.filter((text) => text.includes('Your approval of #1 is recorded'))).toHaveLength(1);
    expect(told.filter((text) => text.includes('approved #1 already'))).toHaveLength(1);
    expect(await answered(stage, began)).toBe(1);
    expect(await audited(stage, 'approval.approve')).toBe(1);
  });

  it('makes a quorum once, though one of them double-clicks, Slack delivers twice and the process dies before AWS is told', async () => {
    const { stage } = scene();
    const began = Date.now();
    await stage.begin(TWO);
    const [min, grace] = [stage.person('min'), stage.person('grace')];
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    const { id } = await stage.door.post<{ id: string }>('/holds', { service: 'codepipeline', operation: 'PutApprovalResult', when: 'before' });
    await stage.door.post('/slack/deliver', { kind: 'duplicate-next', times: 3 });
    await Promise.all([min.clicks('shop', 'Approve'), grace.clicks('shop', 'Approve'), grace.clicks('shop', 'Approve')]);
    await until('AWS to be told', async () => ((await stage.door.get<{ state: string }>(`/holds/${id}`)).state === 'held' ? true : undefined));
    await stage.killBot();
    await stage.door.post(`/holds/${id}/release`, { fault: { kind: 'drop' } });
    await stage.startBot();
    await stage.headline('shop', LIVE);
    await stage.headline('shop', /Approved by <@\w+>, <@/);
    expect(await answered(stage, began)).toBe(1);
    expect(await audited(stage, 'approval.approve')).toBe(2);
    expect(await audited(stage, 'aws.answer-approval')).toBe(1);
  });
});
