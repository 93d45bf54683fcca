import { it, jest } from '@jest/globals';
import { AwsAccount } from './support/account.ts';
import { QUICK } from './support/cast.ts';
import { Stage } from './support/stage.ts';
jest.setTimeout(120_000);
it('probe', async () => {
  const stage = await Stage.open();
  const aws = new AwsAccount(stage);
  for (let i = 0; i < 4; i += 1) {
    await stage.begin(QUICK);
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.door.post('/speed', { speed: 15 });
    await stage.person('grace').clicks('shop', 'Approve');
    await aws.halfway('shop-prod');
    const at = await aws.environment('shop-prod') as any;
    await stage.door.post('/speed', { speed: 150 });
    await stage.person('ada').clicks('shop', 'Cancel');
    await stage.headline('shop', /\*  (cancelled|mixed versions|failed)/);
    const end = await aws.environment('shop-prod') as any;
    process.stdout.write(JSON.stringify([at.version.slice(0,27), at.instances.map((x: any) => [x.version.slice(14,27), x.health, x.status]), end.version.slice(0,27), end.instances.map((x: any) => [x.version.slice(14,27), x.status]), end.events.slice(0, 12).map((e: any) => e.at.slice(14) + ' ' + e.message.slice(0, 80)), (await stage.person('olive').readsChannel('shop')).map((t) => t.split('\n')[0]).slice(-1)], null, 1) + '\n');
  }
  await stage.close();
});
