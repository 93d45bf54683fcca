import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { isInForce } from '../../../src/domain/barriers/barriers.ts';
import { barrierHappens, barrierHistories, waiting, type BarrierHappening, type Said } from '../../support/world/barrier-happenings.ts';
import { watchTheDoor } from '../../support/world/barrier-promises.ts';
import { barriersOf, PROD_DOOR } from '../../support/world/barriers.ts';
import { anOpenApp, aPipeline } from '../../support/world/builders.ts';
import { aWorld, pass, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { JACK } from '../../support/world/fake-aws.ts';
import { watch } from '../../support/world/promises.ts';
import { cases } from '../../support/cases.ts';

jest.setTimeout(120_000);

const RUNS = cases(Number(process.env['JACK_PROPERTY_RUNS'] ?? 300));
const SETTLES: BarrierHappening = { kind: 'time', steps: 30 };

/** Source → Build → Dev → Prod, and nobody is asked on the way: only doors keep anything. */
function aStraightApp() {
  const app = anOpenApp();
  const pipeline = aPipeline();
  const stages = pipeline.stages.map((stage) => ({ ...stage, actions: stage.actions.filter(({ kind }) => kind !== 'approval').map((action) => ({ ...action, runOrder: 1 })) }));
  return { ...app, pipelines: [{ ...pipeline, stages }] };
}

async function lived(history: readonly BarrierHappening[]): Promise<{ readonly world: FakeWorld; readonly broken: readonly string[] }> {
  const world = aWorld({ app: aStraightApp() });
  world.account.addVersion('v2', '2'.repeat(40));
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  const said: Said = { agreed: new Set(), consoleOpened: false };
  const door = watchTheDoor(world, said);
  const general = watch(world);
  const looks = async (): Promise<void> => {
    await door.looks();
    await general.looks();
  };
  for (const happening of [...history, SETTLES]) await barrierHappens(happening, world, said, looks);
  const excused = said.consoleOpened || world.account.doorLog.some(({ by }) => by !== JACK) || history.some(({ kind }) => kind === 'denies');
  return { world, broken: [...door.broken, ...general.broken.filter((words) => !excused || !words.includes('busy environment'))] };
}

describe('in any history of locks, freezes, pushes, versions and clicks in the console', () => {
  it('what Jack did not close is never touched, nothing goes in while a barrier is in force, and nothing flows in unasked', async () => {
    await fc.assert(
      fc.asyncProperty(barrierHistories, async (history) => {
        expect((await lived(history)).broken).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('it settles: what is over is open unless somebody is asked, and looking again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(barrierHistories, async (history) => {
        const { world } = await lived(history.filter(({ kind }) => kind !== 'denies'));
        world.account.now += 3 * 3_600_000;
        await pass(world, 30);
        const { all, holds, intent } = await barriersOf(world);
        expect({ intent, inForce: all.filter((one) => isInForce(one, world.account.now)) }).toEqual({ intent: undefined, inForce: [] });
        const reason = world.account.disabled.get(PROD_DOOR);
        if (reason !== undefined && world.account.changedBy.get(PROD_DOOR) === JACK) expect({ reason, asked: holds[0]?.asked }).toEqual({ reason, asked: waiting(world) });
        const before = await everything(world);
        await world.store.nudge('barriers:shop/prod', world.clock.now());
        await work(world);
        expect(await everything(world)).toEqual(before);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});

async function everything(world: FakeWorld) {
  return {
    barriers: await barriersOf(world),
    calls: world.aws.calls.length,
    messages: world.slack.messages.map(({ message, edits }) => ({ message, edits })),
  };
}
