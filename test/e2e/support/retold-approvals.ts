import { expect } from '@jest/globals';
import { defaultSeed } from '../../../sandbox/aws/seeds/default.ts';
import { LIVE, QUICK } from './cast.ts';
import { isHeld, type Retold } from './retold.ts';
import type { Scene } from './scene.ts';

/** No approval policy for the shop's production: nobody can answer from Slack. */
export const WITHOUT_POLICY = QUICK.replace(/approval: \{ from: \[S0APPROVE1[^}]*\}, /, '');

/** The policy's time is up long before AWS's. */
export const EXPIRES_BY_POLICY = QUICK.replace('expires: 4h', 'expires: 8s');

/** What a story begins with. */
export interface Beginning {
  readonly config: string;
  readonly seed?: () => object;
}

/**
 * AWS's time is up after so many seconds. AWS's shortest time-out is five minutes, so the seed's is a secret of the
 * sandbox, and the policy makes Jack expect the end at about then, as a definition would.
 */
export function expiresInAwsAfter(seconds: number): Beginning {
  return {
    config: QUICK.replace('expires: 4h', `expires: ${seconds * 1000 + 900}ms`),
    seed: () => ({ pipelines: defaultSeed(Date.now()).pipelines.map((pipeline) => ({ ...pipeline, approvalTimeoutSeconds: seconds })) }),
  };
}

const PROD_APPROVAL = { pipelineName: 'shop', stageName: 'Prod', actionName: 'ApproveProd' } as const;

/** The token of the approval that is open before production, as the console uses it. */
export async function openToken({ aws }: Scene): Promise<string> {
  const token = (await aws.pipeline()).stages.flatMap((one) => one.actions).find((action) => action.name === 'ApproveProd')?.token;
  if (token === undefined) throw new Error('no approval is open before production');
  return token;
}

export const rejectedInSlack: Retold = async ({ stage, tale }) => {
  const grace = stage.person('grace');
  await stage.person('ada').types('shop', '/deploy prod');
  await grace.clicks('shop', 'Reject');
  const form = await grace.form('reject');
  expect(await grace.submits(form, { reason: { 'reject.reason': ' ' } })).toMatchObject({ errors: { reason: expect.stringContaining('Say why') } });
  tale.shows('the form', form as never);
  await grace.submits(form, { reason: { 'reject.reason': 'Not before the sale, <!channel>' } });
  await stage.headline('shop', 'rejected');
  return tale.ends('rejected');
};

/** The stage has to have begun with `WITHOUT_POLICY`. */
export const rejectedInAws: Retold = async (scene) => {
  const { stage, aws, tale } = scene;
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.headline('shop', 'nobody can give');
  await tale.moment('while it waits');
  await aws.console('codepipeline', 'PutApprovalResult', { ...PROD_APPROVAL, token: await openToken(scene), result: { status: 'Rejected', summary: 'Not on a Friday' } }, 'rejects with “Not on a Friday”');
  await stage.headline('shop', 'rejected');
  return tale.ends('no-policy');
};

export const retriedInTheConsole: Retold = async ({ stage, aws, tale }) => {
  await stage.person('ada').types('shop', '/deploy prod');
  const grace = stage.person('grace');
  await grace.clicks('shop', 'Reject');
  await grace.submits(await grace.form('reject'), { reason: { 'reject.reason': 'Not yet' } });
  await stage.headline('shop', /\*  rejected/);
  await tale.moment('after the first attempt');
  const { executions } = await aws.pipeline();
  const pipelineExecutionId = executions[0]?.id;
  await aws.console('codepipeline', 'RetryStageExecution', { pipelineName: 'shop', stageName: 'Prod', pipelineExecutionId, retryMode: 'FAILED_ACTIONS' }, 'retries the stage Prod');
  await grace.clicks('shop', 'Approve');
  await stage.headline('shop', LIVE);
  return tale.ends('retried-in-the-console');
};

/** Grace approves, and before her answer reaches AWS this happens there. */
async function overtakenBy(meanwhile: () => Promise<unknown>, scene: Scene): Promise<void> {
  const { stage } = scene;
  const hold = await stage.door.post<{ id: string }>('/holds', { service: 'codepipeline', operation: 'PutApprovalResult', when: 'before' });
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.person('grace').clicks('shop', 'Approve');
  await isHeld(scene, 'her answer to be on its way', hold);
  await meanwhile();
  await stage.door.post(`/holds/${hold.id}/release`);
}

export const answeredInTheSameMoment: Retold = async (scene) => {
  const { stage, aws, tale } = scene;
  await overtakenBy(async () => {
    const result = { status: 'Rejected', summary: 'Not on a Friday' };
    await aws.console('codepipeline', 'PutApprovalResult', { ...PROD_APPROVAL, token: await openToken(scene), result }, 'rejects with “Not on a Friday”');
  }, scene);
  await stage.headline('shop', /\*  rejected/);
  return tale.ends('answered-in-the-same-moment');
};

/** The stage has to have begun with an approval that expires in AWS: `expiresInAwsAfter`. */
export const approvedInTheLastMoment: Retold = async (scene) => {
  const { stage, aws, tale } = scene;
  await overtakenBy(() => aws.pipelineIs('the approval to expire', ({ executions }) => executions[0]?.status === 'Failed'), scene);
  await stage.headline('shop', OVER);
  return tale.ends('approved-in-the-last-moment');
};

/** The stage has to have begun with an approval that expires in AWS: `expiresInAwsAfter`. */
export const expiredInAws: Retold = async ({ stage, tale }) => {
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.headline('shop', OVER);
  return tale.ends('expired-in-aws');
};

/** The stage has to have begun with `EXPIRES_BY_POLICY`. */
export const expiredByPolicy: Retold = async ({ stage, tale }) => {
  await stage.person('ada').types('shop', '/deploy prod');
  await stage.headline('shop', OVER);
  return tale.ends('expired-by-policy');
};

const OVER = /\*  (expired|rejected|failed)/;
