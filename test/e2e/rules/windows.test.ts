import { describe, expect, it, jest } from '@jest/globals';
import type { SeenPipeline } from '../support/account.ts';
import { LIVE, QUICK } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const waitsBeforeProd = (pipeline: SeenPipeline): boolean => (pipeline.stages.find((stage) => stage.name === 'Prod')?.inbound.length ?? 0) > 0;

const day = (at: number): string => DAYS[new Date(at).getUTCDay()] ?? '';

/** A weekly window that began yesterday, and ends at `until`, the midnight after tomorrow. */
function openNow(): { readonly config: string; readonly until: number } {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const [from, until] = [today - DAY_MS, today + 2 * DAY_MS];
  const freezes = `    freezes:\n      - { name: the end of the week, every: "${day(from)} 00:00 - ${day(until)} 00:00", zone: UTC, environments: [prod] }\n`;
  return { config: QUICK.replace('    environments:\n      dev', `${freezes}    environments:\n      dev`), until };
}

describe('a weekly window of jack.yml', () => {
  const scene = sceneForEach({ beginsItself: true });

  it('that is open names the next allowed time, is thawed by an owner, and lets in only what is agreed to', async () => {
    const { stage, aws, tale } = scene();
    const { config, until } = openNow();
    await stage.begin(config);
    const [ada, grace, olive] = ['ada', 'grace', 'olive'].map((name) => stage.person(name));
    if (!ada || !grace || !olive) throw new Error('somebody is missing');
    await stage.headline('shop', /is held:/);
    await ada.types('shop', '/deploy prod');
    expect(await ada.reads('shop', /nothing was started/)).toContain(`Next allowed time: <!date^${until / 1000}^`);
    await aws.push('Fix the basket');
    await aws.pipelineIs('the push to wait in front of Prod', waitsBeforeProd);
    await ada.types('shop', '/deploy thaw prod');
    await ada.reads('shop', /Only owners/);
    await tale.moment('while it is frozen');
    await olive.types('shop', '/deploy thaw prod');
    await stage.headline('shop', 'May it flow in?');
    await tale.moment('when it is thawed');
    expect(waitsBeforeProd(await aws.pipeline())).toBe(true);
    await olive.clicks('shop', 'Let it in');
    await stage.headline('shop', /may .*go on/);
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    await ada.types('shop', '/deploy why prod');
    await ada.reads('shop', /✅ \*freeze/);
    const { wanted, found } = await tale.ends('window-thawed');
    expect(found).toBe(wanted);
  });
});
