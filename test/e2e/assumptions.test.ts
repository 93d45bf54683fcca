import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { EXPIRES_BY_POLICY, WITHOUT_POLICY, answeredInTheSameMoment, approvedInTheLastMoment, expiredByPolicy, expiredInAws, expiresInAwsAfter, rejectedInAws, rejectedInSlack, retriedInTheConsole, type Beginning } from './support/retold-approvals.ts';
import { cancelledInTheBuild, cancelledInTheDeployment, isHeld, revisionDiffers, stoppedAtTheApproval, type Retold } from './support/retold.ts';
import { sceneForEach, type Scene, type SceneOptions } from './support/scene.ts';

jest.setTimeout(60_000);

type Assumed = Readonly<Record<string, boolean | number>>;

/** A story, and what AWS does while it is told that the sandbox's other tests do not assume. */
interface Telling {
  readonly title: string;
  readonly assumed: Assumed;
  readonly story: Retold;
  readonly begins?: Beginning;
}

const QUICKLY: SceneOptions = { bundled: true, speed: 300 };
const COMPLETED: Assumed = { answeredTokenIsCompleted: false };
const ERROR: Assumed = { rejectionIsAnError: true };
const NOBODY: Assumed = { expiredApprovalNamesRole: false };
const ABANDONS: Assumed = { stopWaitsForApproval: false };
/** Shown 2 s late at the speed of that story, and no token is known for any time. */
const SHOWN_LATE: Assumed = { executionVisibleAfterMs: 40_000, clientTokenWindowMs: 0 };

async function tell({ story, assumed, begins }: Telling, scene: Scene): Promise<void> {
  await scene.stage.begin(begins?.config, begins?.seed?.());
  await scene.aws.assume(assumed);
  const { wanted, found } = await story(scene);
  expect(found).toBe(wanted);
}

/** Jack finds its no in what AWS lists, and does not say it again. */
const retriedWithoutAnswer: Retold = async (scene) => {
  await scene.stage.door.post('/faults', { operation: 'PutApprovalResult', when: 'after', fault: { kind: 'status', status: 500 } });
  return retriedInTheConsole(scene);
};

async function filesThatSay(word: string): Promise<readonly string[]> {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'aws');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return files.filter((_file, index) => texts[index]?.includes(word));
}

/** The goldens are those of the tests that tell these stories as AWS is assumed to be. */
describe('a story ends the same where AWS does otherwise than is assumed', () => {
  const scene = sceneForEach({ ...QUICKLY, beginsItself: true });

  it.each<Telling>([
    { title: 'answered in the console and in Slack at once', assumed: COMPLETED, story: answeredInTheSameMoment },
    { title: 'approved in the last moment', assumed: { ...COMPLETED, ...NOBODY }, story: approvedInTheLastMoment, begins: expiresInAwsAfter(8) },
    { title: 'expired in AWS', assumed: NOBODY, story: expiredInAws, begins: expiresInAwsAfter(8) },
    { title: 'expired by the policy', assumed: ERROR, story: expiredByPolicy, begins: { config: EXPIRES_BY_POLICY } },
    { title: 'rejected in the console', assumed: ERROR, story: rejectedInAws, begins: { config: WITHOUT_POLICY } },
    { title: 'rejected in Slack, where AWS’s answer is lost, and retried', assumed: ERROR, story: retriedWithoutAnswer },
    { title: 'cancelled in the deployment', assumed: ABANDONS, story: cancelledInTheDeployment },
    { title: 'cancelled before AWS shows it', assumed: SHOWN_LATE, story: cancelledInTheBuild },
  ])('$title, $assumed', (telling) => tell(telling, scene()));

  it('and every switch is told of: here, in the stories of failures, or Jack does not make the call', async () => {
    const here = [COMPLETED, ERROR, NOBODY, ABANDONS, SHOWN_LATE].flatMap((assumed) => Object.keys(assumed));
    const inFailures = 'environmentTakesLabelOfFailedDeploy';
    const unused = 'rollbackCrossesDisabledTransition';
    expect(Object.keys(await scene().stage.door.get<object>('/assumptions')).sort()).toEqual([...here, inFailures, unused].sort());
    expect(await filesThatSay('RollbackStageCommand')).toEqual([]);
  });

  it('but for what people have to do: stopped in the console at an approval that AWS abandons, nobody has to answer it', async () => {
    await scene().stage.begin();
    await scene().aws.assume(ABANDONS);
    const { wanted, found } = await stoppedAtTheApproval(scene(), false);
    expect(found).toBe(wanted);
  });
});

/** Kills the bot while its start is held, before its effect or after it. */
async function killAtTheStart(scene: Scene, when: 'before' | 'after'): Promise<() => Promise<void>> {
  const { stage } = scene;
  const hold = await stage.door.post<{ id: string }>('/holds', { service: 'codepipeline', operation: 'StartPipelineExecution', when });
  return async () => {
    await isHeld(scene, 'the start to be on its way', hold);
    await stage.person('ada').reads('shop', 'on its way');
    await stage.killBot();
    await stage.door.post(`/holds/${hold.id}/release`, { fault: { kind: 'drop' } });
    await stage.startBot();
  };
}

async function loseTheAnswer({ stage }: Scene): Promise<() => Promise<void>> {
  await stage.door.post('/faults', { operation: 'StartPipelineExecution', when: 'after', fault: { kind: 'status', status: 500 } });
  return () => Promise.resolve();
}

/** Shown 1.8 s late: at this rhythm Jack looks for what it may have started for 1.6 s after its first look in vain. */
const SHOWN_LATER: Assumed = { executionVisibleAfterMs: 540_000, clientTokenWindowMs: 0 };

describe('a start is made once, where AWS shows it late and knows no token', () => {
  const scene = sceneForEach({ ...QUICKLY, env: { JACK_POLL_FAST_MS: '400' } });

  it.each<readonly [string, (scene: Scene) => Promise<() => Promise<void>>]>([
    ['killed between the start and its answer', (told) => killAtTheStart(told, 'after')],
    ['killed before the start', (told) => killAtTheStart(told, 'before')],
    ['the answer to it is lost', loseTheAnswer],
  ])('%s', async (_how, spoil) => {
    const { aws } = scene();
    const before = (await aws.pipeline()).executions.length;
    await aws.assume(SHOWN_LATER);
    const spoiling = await spoil(scene());
    const [{ wanted, found }] = await Promise.all([rejectedInSlack(scene()), spoiling()]);
    expect(found).toBe(wanted);
    expect((await aws.pipeline()).executions.length).toBe(before + 1);
  });

  it('and what Jack finds in the end may be of another commit: it stops that', async () => {
    await scene().aws.assume({ executionVisibleAfterMs: 3_000, clientTokenWindowMs: 0 });
    const { wanted, found } = await revisionDiffers(scene());
    expect(found).toBe(wanted);
  });
});
