import { AwsAccount, actionStatus, type SeenPipeline } from './account.ts';
import { CONFIG, Stage } from './stage.ts';

/** Truth checks end at once: how long something is watched is no matter of these stories. */
export const CONFIG_AT_ONCE = CONFIG.replaceAll('verify: 1s', 'verify: 0s');

/** How many times faster than AWS: what is waited for is the bot. */
const SPEED = 300;

/** A story that can be told again and again: with kills in it, it has to end the same. */
export interface Story {
  readonly name: string;
  readonly channel: string;
  /** At least so many different calls of the bot change something. */
  readonly atLeast: number;
  /** jack.yml; the demo's by default. */
  readonly config?: string;
  tell(stage: Stage): Promise<void>;
}

const LIVE = /\*  live\n/;
const LONG = 90_000;

export const happyPath: Story = {
  name: 'deploy, approve, live',
  channel: 'shop',
  atLeast: 6,
  async tell(stage) {
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve', LONG);
    await stage.headline('shop', LIVE, LONG);
  },
};

export const rejectedPush: Story = {
  name: 'a push that nobody typed is rejected',
  channel: 'shop',
  atLeast: 4,
  async tell(stage) {
    await new AwsAccount(stage).push('Fix the basket');
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Reject', LONG);
    await grace.submits(await grace.formOrAgain('reject', () => grace.clicks('shop', 'Reject')), { reason: { 'reject.reason': 'Not on a Friday' } });
    await stage.headline('shop', /\*  rejected\n/, LONG);
  },
};

export const failedAndRolledBack: Story = {
  name: 'a deployment fails and is rolled back',
  channel: 'shop',
  atLeast: 10,
  async tell(stage) {
    await new AwsAccount(stage).mishap('deploy-hook-failed', 'shop-prod');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve', LONG);
    await stage.person('ada').clicks('shop', 'Roll back', LONG);
    await stage.person('ada').confirmsRollback('shop');
    await stage.headline('shop', /\*  live\nRoll back to/, LONG);
  },
};

export const existingVersion: Story = {
  name: 'a version that exists is deployed',
  channel: 'shop',
  atLeast: 8,
  async tell(stage) {
    await stage.person('ada').types('shop', '/deploy prod@dev');
    await stage.person('grace').clicks('shop', 'Approve', LONG);
    await stage.headline('shop', LIVE, LONG);
  },
};

export const cancelledInTheBuild: Story = {
  name: 'cancelled during the build',
  channel: 'shop',
  atLeast: 4,
  async tell(stage) {
    // The build lasts until it is stopped.
    await stage.door.post('/speed', { speed: 20 });
    await stage.person('ada').types('shop', '/deploy prod');
    const aws = new AwsAccount(stage);
    await aws.pipelineIs('the source to be read', (pipeline) => actionStatus(pipeline, 'Source') === 'InProgress');
    await stage.door.post('/speed', { speed: 0.5 });
    await aws.pipelineIs('the build to run', (pipeline) => actionStatus(pipeline, 'Build') === 'InProgress');
    await stage.person('ada').clicks('shop', 'Cancel', LONG);
    await aws.pipelineIs('the execution to be stopped', (pipeline) => pipeline.executions.some(({ status }) => status === 'Stopping' || status === 'Stopped'));
    await stage.door.post('/speed', { speed: SPEED });
    await stage.headline('shop', /\*  cancelled\n/, LONG);
  },
};

const waitsBeforeProd = (pipeline: SeenPipeline): boolean => (pipeline.stages.find(({ name }) => name === 'Prod')?.inbound.length ?? 0) > 0;

export const lockedAndLetIn: Story = {
  name: 'a push waits at a lock, is let in, and two approve it',
  channel: 'shop',
  atLeast: 12,
  config: CONFIG_AT_ONCE.replace('count: 1, expires', 'count: 2, expires'),
  async tell(stage) {
    const aws = new AwsAccount(stage);
    const [ada, grace, min] = [stage.person('ada'), stage.person('grace'), stage.person('min')];
    await ada.types('shop', '/deploy lock prod Stock-taking');
    await stage.headline('shop', /is held:/, LONG);
    await aws.push('Fix the basket');
    await aws.pipelineIs('the push to wait in front of Prod', waitsBeforeProd);
    await ada.types('shop', '/deploy unlock prod');
    await ada.clicksOrAgain('shop', 'Unlock and let it in', () => ada.types('shop', '/deploy unlock prod'));
    await grace.clicks('shop', 'Approve', LONG);
    await stage.headline('shop', /1 of 2/, LONG);
    await min.clicks('shop', 'Approve', LONG);
    await stage.headline('shop', LIVE, LONG);
  },
};

const frozenAndThawed: Story = {
  name: 'a push waits at a freeze, and is let in after the thaw',
  channel: 'shop',
  atLeast: 8,
  async tell(stage) {
    const aws = new AwsAccount(stage);
    const olive = stage.person('olive');
    await olive.types('shop', '/deploy freeze prod The sale is on for 2h');
    await stage.headline('shop', /is held:/, LONG);
    await aws.push('Fix the basket');
    await aws.pipelineIs('the push to wait in front of Prod', waitsBeforeProd);
    await olive.types('shop', '/deploy thaw prod');
    await olive.clicks('shop', 'Let it in', LONG);
    await stage.headline('shop', /may .*go on/, LONG);
  },
};

const stolen: Story = {
  name: 'a lock is stolen, and who held it is told directly',
  channel: 'shop',
  atLeast: 8,
  async tell(stage) {
    await stage.person('ada').types('shop', '/deploy lock prod Gone fishing');
    await stage.headline('shop', /is held:/, LONG);
    const olive = stage.person('olive');
    await olive.clicks('shop', 'Steal', LONG);
    await stage.headline('shop', /Taken over from/, LONG);
    await olive.types('shop', '/deploy unlock prod');
    await stage.headline('shop', /unlocked by <@U0OLIVE001>/, LONG);
  },
};

const lockGivenBack: Story = {
  name: 'a rollback is rejected, and gives its lock back',
  channel: 'shop',
  atLeast: 6,
  config: CONFIG_AT_ONCE.replace('prod: { approval', 'prod: { rollback: { approval: { from: [S0APPROVE1], count: 1 } }, approval'),
  async tell(stage) {
    await stage.person('ada').types('shop', '/rollback prod The prices are wrong');
    await stage.person('ada').confirmsRollback('shop');
    await stage.headline('shop', /Taken by the rollback/, LONG);
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Reject', LONG);
    await grace.submits(await grace.formOrAgain('reject', () => grace.clicks('shop', 'Reject')), { reason: { 'reject.reason': 'They are right' } });
    await stage.headline('shop', /\*  rejected\n/, LONG);
    await stage.headline('shop', /not needed any more/, LONG);
  },
};

/** The stories that are told with kills in them: each has a file in `test/e2e/killed`, so that they run beside each other. */
export const stories: readonly Story[] = [happyPath, rejectedPush, failedAndRolledBack, existingVersion, cancelledInTheBuild];

/** Told with kills by `npm run test:crash` alone: most of their steps are those of the others. */
export const longStories: readonly Story[] = [lockedAndLetIn, frozenAndThawed, stolen, lockGivenBack];

/** A stage for telling the same stories many times. `program`: what Node runs as the bot. */
export function openQuickStage(program: string, env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  return Stage.open({ speed: SPEED, config: CONFIG_AT_ONCE, program, env });
}
