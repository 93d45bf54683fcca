import { actionStatus } from './account.ts';
import { LIVE } from './cast.ts';
import { until } from './door.ts';
import type { Scene } from './scene.ts';

/** What the golden transcript says, and what was found. */
export interface Compared {
  readonly wanted: string;
  readonly found: string;
}

/** A story with its golden transcript that is told in more than one place: as AWS usually is, and as it may be too. */
export type Retold = (scene: Scene) => Promise<Compared>;

/** Waits until a call of the bot is held there. */
export async function isHeld({ stage }: Scene, what: string, hold: { readonly id: string }): Promise<void> {
  await until(what, async () => ((await stage.door.get<{ state: string }>(`/holds/${hold.id}?wait=500`)).state === 'held' ? true : undefined));
}

export const askedTwice: Retold = async ({ stage, tale }) => {
  await stage.person('ada').types('shop', '/deploy prod the winter prices');
  await stage.headline('shop', /may .*go on/);
  await stage.person('linus').types('shop', '/deploy to prod me too');
  await stage.person('linus').reads('shop', 'requester');
  await stage.person('grace').clicks('shop', 'Approve');
  await stage.headline('shop', LIVE);
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.person('ada').reads('shop', 'already runs');
  return tale.ends('asked-twice');
};

export const cancelledInTheBuild: Retold = async ({ stage, aws, tale }) => {
  await stage.door.post('/speed', { speed: 20 });
  await stage.person('ada').types('shop', '/deploy prod');
  await aws.pipelineIs('the build to run', (pipeline) => actionStatus(pipeline, 'Build') === 'InProgress');
  await stage.person('linus').clicks('shop', 'Cancel');
  await stage.headline('shop', /\*  cancelled/);
  return tale.ends('cancelled-in-the-build');
};

export const cancelledInTheDeployment: Retold = async ({ stage, aws, tale }) => {
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.headline('shop', /may .*go on/);
  await stage.door.post('/speed', { speed: 15 });
  await stage.person('grace').clicks('shop', 'Approve');
  await aws.halfway('shop-prod');
  await stage.door.post('/speed', { speed: 150 });
  await stage.person('ada').clicks('shop', 'Cancel');
  await stage.headline('shop', /\*  (cancelled|mixed versions|failed)/);
  return tale.ends('cancelled-in-the-deployment');
};

/** The answer to Jack's start is lost, and what it finds is of another commit. */
export const revisionDiffers: Retold = async (scene) => {
  const { stage, aws, tale } = scene;
  const { executions } = await aws.pipeline();
  const unbuilt = executions.find((one) => one.status === 'Failed' && one.message.includes('SHOP-114'))?.commit ?? '';
  const hold = await stage.door.post<{ id: string }>('/holds', { service: 'codepipeline', operation: 'StartPipelineExecution', when: 'before' });
  await stage.person('ada').types('shop', `/deploy prod@${unbuilt.slice(0, 7)}`);
  await isHeld(scene, 'the start to be on its way', hold);
  await stage.door.post('/speed', { speed: 2 });
  await stage.door.post('/aws/console', { as: 'jack', service: 'codepipeline', operation: 'StartPipelineExecution', input: { name: 'shop' } });
  await stage.door.post(`/holds/${hold.id}/release`, { fault: { kind: 'drop' } });
  await stage.headline('shop', /\*  cancelled/);
  return tale.ends('revision-differs');
};

/** Olive asks AWS to stop and wait while the approval is open: AWS waits for its answer, or not. */
export async function stoppedAtTheApproval({ stage, aws, tale }: Scene, awsWaits: boolean): Promise<Compared> {
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.headline('shop', /may .*go on/);
  const execution = (await aws.pipeline()).executions.find((one) => one.status === 'InProgress');
  await aws.console('codepipeline', 'StopPipelineExecution', { pipelineName: 'shop', pipelineExecutionId: execution?.id, reason: 'Wrong branch' }, 'stops the execution, and lets it end what it does, with “Wrong branch”');
  if (awsWaits) {
    await stage.headline('shop', 'being stopped in AWS');
    await tale.moment('while AWS waits');
    await stage.person('ada').clicks('shop', 'Cancel');
  }
  await stage.headline('shop', awsWaits ? /\*  cancelled/ : 'Stopped by olive');
  return tale.ends(`stop-${awsWaits ? 'waits-for' : 'abandons'}-the-approval`);
}
