import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startPostgres, type PostgresServer } from '../store/postgres-server.ts';
import { AwsAccount } from './support/account.ts';
import { IN_ORDER, auditedBy } from './support/audited.ts';
import { bundledBot } from './support/bundle.ts';
import { LIVE } from './support/cast.ts';
import { endingOf, type Ending } from './support/counts.ts';
import { until } from './support/door.ts';
import { sweep } from './support/kills/sweep.ts';
import { Replicas } from './support/replicas.ts';
import type { Stage } from './support/stage.ts';
import { CONFIG_AT_ONCE, happyPath, lockedAndLetIn, openQuickStage } from './support/stories.ts';

jest.setTimeout(180_000);

/** A lease lasts 30 s: a survivor that waited for its end would be too late. */
const TAKEN_OVER_WITHIN_MS = 8_000;
const TOLD = [
  { story: happyPath, sides: ['before', 'after'], effects: /^(StartPipelineExecution|PutApprovalResult|chat\.postMessage)/, work: 'release:', victims: 4 },
  { story: lockedAndLetIn, sides: ['after'], effects: /^(Disable|Enable)StageTransition/, work: 'barriers:', victims: 2 },
] as const;

let postgres: PostgresServer;
let program: string;
let stage: Stage;
let replicas: Replicas;
beforeAll(async () => {
  program = bundledBot();
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function open(config?: string): Promise<void> {
  const url = await postgres.newDatabase();
  stage = await openQuickStage(program, { DATABASE_URL: url });
  replicas = new Replicas(stage, url, program);
  await replicas.begin(config);
}

async function close(): Promise<void> {
  await replicas.end();
  await stage.close();
}

async function holdLookUp(): Promise<string> {
  return (await stage.door.post<{ id: string }>('/holds', { service: 'slack', operation: 'usergroups.users.list', when: 'before' })).id;
}

/** Each deed is stopped in the middle of its answer, in a process of its own: the first sleeps while the second is taken. Then both go on. */
async function atOnce(first: () => Promise<unknown>, second: () => Promise<unknown>, letGo: (holds: readonly [string, string]) => readonly string[] = (holds) => holds): Promise<void> {
  const held = (id: string): Promise<true> => until('the answer to stop', async () => ((await stage.door.get<{ state: string }>(`/holds/${id}`)).state === 'held' ? true : undefined));
  const one = await holdLookUp();
  await first();
  await held(one);
  const [busy] = await replicas.busyWith('said:');
  if (busy === undefined) throw new Error('nobody answers what is held');
  process.kill(busy, 'SIGSTOP');
  // A process has two sockets, and Slack takes all of them in turn: the next but one is the other process's.
  await stage.person('olive').types('api', '/jack help');
  await stage.person('olive').reads('api', '/deploy');
  const other = await holdLookUp();
  await second();
  await held(other);
  process.kill(busy, 'SIGCONT');
  expect(new Set(await replicas.busyWith('said:')).size).toBe(2);
  await Promise.all(letGo([one, other]).map((id) => stage.door.post(`/holds/${id}/release`)));
}

describe.each(TOLD)('two processes on one PostgreSQL: $story.name', ({ story, sides, effects, work, victims }) => {
  let undisturbed: Ending;
  beforeAll(async () => {
    await open(story.config);
    await story.tell(stage);
    undisturbed = await endingOf(stage, story.channel);
    await close();
  });
  beforeEach(() => open(story.config));
  afterEach(() => close());

  it.each(sides)('tell the same story when the one that works is killed %s each of its effects, and another takes over in seconds', async (when) => {
    const killed: number[] = [];
    const took: number[] = [];
    let takenOver: (() => Promise<number>) | undefined;
    const sweeping = await sweep(stage, {
      when,
      at: (signature) => effects.test(signature),
      async kill() {
        const victim = await replicas.killTheOneThatWorks(work);
        killed.push(victim.pid);
        takenOver = victim.takenOver;
      },
      async revive() {
        if (takenOver) took.push(await takenOver());
        await replicas.startAnother();
      },
    });
    try {
      await story.tell(stage);
      await sweeping.settled(story.channel);
    } finally {
      await sweeping.end();
    }
    expect(await endingOf(stage, story.channel, 0)).toEqual(undisturbed);
    expect(undisturbed).toMatchObject({ twice: [], audit: { twice: [], chain: IN_ORDER } });
    expect(new Set(killed).size).toBeGreaterThanOrEqual(victims);
    expect(Math.max(...took)).toBeLessThan(TAKEN_OVER_WITHIN_MS);
  });
});

describe('two people at two processes in the same instant', () => {
  afterEach(() => close());

  /** A group owns, too: whatever is decided looks the group up first. */
  const GROUP_OWNS = CONFIG_AT_ONCE.replace('owners: [U0OLIVE001]', 'owners: [U0OLIVE001, S0APPROVE1]');

  it.each([1, 2])('approve what needs %i: one decision in AWS, one line each, and each is told the truth', async (count) => {
    await open(CONFIG_AT_ONCE.replace('count: 1, expires', `count: ${count}, expires`));
    const [grace, min] = [stage.person('grace'), stage.person('min')];
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await atOnce(() => grace.clicks('shop', 'Approve'), () => min.clicks('shop', 'Approve'));
    await stage.headline('shop', LIVE);
    const { counts, twice, audit } = await endingOf(stage, 'shop');
    const told = (await Promise.all([grace.readsChannel('shop'), min.readsChannel('shop')])).flat();
    expect(told.filter((text) => text.includes('Your approval of #1 is recorded'))).toHaveLength(count);
    expect(told.filter((text) => text.includes('approved #1 already'))).toHaveLength(2 - count);
    expect(counts).toMatchObject({ 'PutApprovalResult by Jack': 1 });
    expect(audit.decided.filter((line) => line.includes('approval.approve'))).toHaveLength(count);
    expect([twice, audit.twice, audit.chain]).toEqual([[], [], IN_ORDER]);
  });

  it.each(['unlock', 'steal'] as const)('unlock and steal the same lock, the %s let go first: one of them has it, and both are told so', async (early) => {
    await open(GROUP_OWNS);
    const [ada, grace] = [stage.person('ada'), stage.person('grace')];
    await ada.types('shop', '/deploy lock prod Gone fishing');
    await stage.headline('shop', /is held:/);
    await atOnce(() => ada.types('shop', '/deploy unlock prod'), () => grace.clicks('shop', 'Steal'), (holds) => (early === 'unlock' ? holds : holds.toReversed()));
    await stage.headline('shop', /^:(un)?lock:.*(unlocked|taken over) by/);
    await stage.settle('shop');
    const { decided, twice, chain } = await auditedBy(stage);
    const ends = decided.filter((line) => /lock\.(release|steal) /.test(line));
    expect([ends.length, twice, chain]).toEqual([1, [], IN_ORDER]);
    const isStolen = ends[0]?.includes('lock.steal') === true;
    await ada.reads('shop', isStolen ? 'Only they unlock it' : '*shop → prod* is unlocked');
    await grace.reads('shop', isStolen ? '*shop → prod* is yours' : /is not locked|Nobody holds/);
    const { stageStates } = await new AwsAccount(stage).look<{ stageStates: readonly { stageName: string; inboundTransitionState: { enabled: boolean } }[] }>('codepipeline', 'GetPipelineState', { name: 'shop' });
    expect(stageStates.find(({ stageName }) => stageName === 'Prod')?.inboundTransitionState.enabled).toBe(!isStolen);
  });
});
