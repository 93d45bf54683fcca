import { describe, expect, it, jest } from '@jest/globals';
import type { SeenPipeline } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

const waitsBeforeProd = (pipeline: SeenPipeline): boolean => (pipeline.stages.find((stage) => stage.name === 'Prod')?.inbound.length ?? 0) > 0;
/** A window that is in force whenever the test runs. */
const ALWAYS = `    freezes:
      - { name: the great migration, from: "2020-01-01 00:00", until: "2099-12-31 00:00", zone: Europe/Berlin, environments: [prod] }
`;

describe('a freeze', () => {
  const scene = sceneForEach({ bundled: true });

  it('is declared by an owner, holds the transition, and is thawed', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy freeze prod for 2h');
    await stage.person('ada').reads('shop', 'Only owners freeze');
    await stage.person('olive').types('shop', '/deploy freeze prod The sale is on for 2h');
    await stage.headline('shop', /frozen/);
    await stage.headline('shop', /held/);
    await aws.push('Fix the basket');
    await aws.pipelineIs('the push to wait in front of Prod', waitsBeforeProd);
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('ada').reads('shop', /The sale is on.*nothing was started/);
    await stage.person('ada').types('shop', '/deploy why prod');
    await stage.person('ada').reads('shop', /❌.*freeze/);
    await stage.person('olive').types('shop', '/deploy thaw prod');
    await stage.person('olive').clicks('shop', 'Let it in');
    await stage.headline('shop', /may .*go on/);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('frozen-and-thawed');
    expect(found).toBe(wanted);
  });

  it('of jack.yml comes by itself; an owner breaks the glass, loudly', async () => {
    const { stage, tale } = scene();
    await stage.configure(QUICK.replace('    environments:\n      dev', `${ALWAYS}    environments:\n      dev`));
    await stage.headline('shop', /frozen/);
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('ada').reads('shop', /migration.*nothing was started/);
    await stage.person('olive').types('shop', '/deploy prod');
    await stage.person('olive').reads('shop', /nothing was started.*break the glass/);
    await stage.person('olive').clicks('shop', 'Break glass');
    const form = await stage.person('olive').form('glass');
    expect(await stage.person('olive').submits(form, { reason: { 'glass.reason': 'short' } })).toMatchObject({ errors: { reason: expect.any(String) } });
    tale.shows('the form', form as never);
    await stage.person('olive').submits(form, { reason: { 'glass.reason': 'Customers cannot pay, this mends it' } });
    await stage.headline('shop', 'Break glass*');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('broken-glass');
    expect(found).toBe(wanted);
    // The numbers of the lines depend on what else was written meanwhile.
    await stage.person('olive').types('shop', '/jack audit #1');
    await stage.person('olive').reads('shop', /gate\.break-glass.*role:owner.*Customers cannot pay/);
  });
});
