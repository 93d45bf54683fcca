import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startPostgres, type PostgresServer } from '../store/postgres-server.ts';
import { bundleBot } from './support/bundle.ts';
import { endingOf, type Ending } from './support/counts.ts';
import { sweep } from './support/kill-sweep.ts';
import { Replicas } from './support/replicas.ts';
import type { Stage } from './support/stage.ts';
import { happyPath, openQuickStage } from './support/stories.ts';

jest.setTimeout(180_000);

/** A lease lasts 30 s: a survivor that waited for its end would be too late. */
const TAKEN_OVER_WITHIN_MS = 8_000;
const EFFECTS = /^(StartPipelineExecution|PutApprovalResult|chat\.postMessage)/;

describe('two processes on one PostgreSQL', () => {
  let postgres: PostgresServer;
  let program: string;
  let stage: Stage;
  let replicas: Replicas;
  let undisturbed: Ending;

  beforeAll(async () => {
    program = bundleBot();
    postgres = await startPostgres();
    await open();
    await happyPath.tell(stage);
    undisturbed = await endingOf(stage, happyPath.channel);
    await close();
  });
  afterAll(() => postgres.stop());
  beforeEach(() => open());
  afterEach(() => close());

  async function open(): Promise<void> {
    const url = await postgres.newDatabase();
    stage = await openQuickStage(program, { DATABASE_URL: url });
    replicas = new Replicas(stage, url, program);
    await replicas.begin();
  }

  async function close(): Promise<void> {
    await replicas.end();
    await stage.close();
  }

  it.each(['before', 'after'] as const)('tell the same story when the one that works is killed %s each of its effects, and another takes over in seconds', async (when) => {
    const killed: number[] = [];
    const took: number[] = [];
    let takenOver: (() => Promise<number>) | undefined;
    const sweeping = await sweep(stage, {
      when,
      at: (signature) => EFFECTS.test(signature),
      async kill() {
        const victim = await replicas.killTheOneThatWorks();
        killed.push(victim.pid);
        takenOver = victim.takenOver;
      },
      async revive() {
        if (takenOver) took.push(await takenOver());
        await replicas.startAnother();
      },
    });
    try {
      await happyPath.tell(stage);
      await sweeping.settled(happyPath.channel);
    } finally {
      await sweeping.end();
    }
    expect(await endingOf(stage, happyPath.channel)).toEqual(undisturbed);
    expect(undisturbed.twice).toEqual([]);
    expect(new Set(killed).size).toBeGreaterThanOrEqual(4);
    expect(Math.max(...took)).toBeLessThan(TAKEN_OVER_WITHIN_MS);
  });
});
