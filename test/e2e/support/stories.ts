import { AwsAccount, actionStatus } from './account.ts';
import { CONFIG, Stage } from './stage.ts';

/** Truth checks end at once: how long something is watched is no matter of these stories. */
const CONFIG_AT_ONCE = CONFIG.replaceAll('verify: 1s', 'verify: 0s');

/** How many times faster than AWS: what is waited for is the bot. */
const SPEED = 300;

/** A story that can be told again and again: with kills in it, it has to end the same. */
export interface Story {
  readonly name: string;
  readonly channel: string;
  /** At least so many different calls of the bot change something. */
  readonly atLeast: number;
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

const rejectedPush: Story = {
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

const failedAndRolledBack: Story = {
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

/** The stories that are told with kills in them. */
export const stories: readonly Story[] = [happyPath, rejectedPush, failedAndRolledBack, existingVersion, cancelledInTheBuild];

/** A stage for telling the same stories many times. `program`: what Node runs as the bot. */
export function openQuickStage(program: string, env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  return Stage.open({ speed: SPEED, config: CONFIG_AT_ONCE, program, env });
}
