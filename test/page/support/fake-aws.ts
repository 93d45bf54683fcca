import type { Args, Routes } from './fake-door.ts';

const SHA = '6b07cb4f1e9d3a52c0e8d7b6a5f4e3d2c1b0a998';
const OLD = 'code-pipeline-1763790000000-shop-17cb05d';
const NEW = 'code-pipeline-1763793600000-shop-6b07cb4';

type Loose = Record<string, unknown>;

/** An AWS account that is moved by hand: just enough for the page to draw. */
export class FakeAws {
  speed = 12;
  armed: { id: string; place: string; times?: number }[] = [];
  readonly pushed: Args[] = [];
  pipeline = pipelineAt('approval');
  prod: Loose = environment('shop-prod', OLD, 4, 0, 'Ready');
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  moveTo(step: Step, taken: number): void {
    this.pipeline = pipelineAt(step);
    this.prod = environment('shop-prod', taken === 0 ? OLD : NEW, 4, taken, step === 'deploying' ? 'Updating' : 'Ready');
    this.#changed();
  }

  routes(controlChanged: () => void): Routes {
    return {
      'GET /aws/state': () => ({ pipelines: [this.pipeline, { ...pipelineAt('done'), name: 'api', mode: 'PARALLEL' }], environments: [environment('shop-dev', NEW, 1, 1, 'Ready'), this.prod, { ...environment('api-prod', OLD, 2, 0, 'Ready'), application: 'api' }] }),
      'GET /speed': () => ({ speed: this.speed }),
      'POST /speed': ({ speed }) => {
        this.speed = Number(speed);
        controlChanged();
      },
      'POST /reset': () => controlChanged(),
      'GET /mishaps': () => ({
        known: [
          { id: 'tests-failed', kind: 'build', title: 'The tests fail', places: ['shop-build', 'api-build'] },
          { id: 'build-out-of-memory', kind: 'build', title: 'The build runs out of memory', places: ['shop-build', 'api-build'] },
          { id: 'deploy-hook-failed', kind: 'deploy', title: 'A deploy hook fails on the second batch', places: ['shop-dev', 'shop-prod', 'api-prod'] },
          { id: 'latency', kind: 'environment', title: 'It gets slow', places: ['shop-dev', 'shop-prod', 'api-prod'] },
        ],
        armed: this.armed,
      }),
      'POST /mishaps': ({ id, place, times }) => {
        this.armed.push({ id: String(id), place: String(place), times: Number(times) });
        controlChanged();
      },
      'POST /mishaps/disarm': ({ id, place }) => {
        this.armed = this.armed.filter((one) => one.id !== id || one.place !== place);
        controlChanged();
      },
      'POST /aws/push': (args) => {
        this.pushed.push(args);
        return { commit: SHA };
      },
      'POST /aws/console': ({ operation }) => {
        if (operation === 'GetPipeline') return { pipeline: { stages: [{ actions: [{ actionTypeId: { category: 'Source' }, configuration: { RepositoryName: 'shop', BranchName: 'main' } }] }] } };
        if (operation === 'DescribeApplicationVersions') return { ApplicationVersions: [{ VersionLabel: NEW, Description: 'Show prices with tax' }, { VersionLabel: OLD }] };
        return {};
      },
    };
  }
}

export type Step = 'building' | 'approval' | 'deploying' | 'done' | 'build-failed';

function pipelineAt(step: Step): Loose {
  const execution = 'b5c1f2aa-3b5e-4d0b-9b7e-0a1b2c3d4e5f';
  const past = ['building', 'build-failed'].includes(step);
  const run = (status: string): Loose => ({ execution, status });
  const prod = { approval: 'InProgress', deploying: 'InProgress', done: 'Succeeded' }[step as string] ?? 'Succeeded';
  const buildStatus = { building: 'InProgress', 'build-failed': 'Failed' }[step as string] ?? 'Succeeded';
  const error = 'Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: npm test. Reason: exit status 1';
  return {
    name: 'shop',
    mode: 'SUPERSEDED',
    stages: [
      { name: 'Source', transition: { enabled: true }, inbound: [], ...run('Succeeded'), actions: [{ name: 'Source', category: 'Source', provider: 'CodeCommit', status: 'Succeeded', summary: 'Show prices with tax' }] },
      { name: 'Build', transition: { enabled: true }, inbound: [], ...run(buildStatus), actions: [{ name: 'Build', category: 'Build', provider: 'CodeBuild', status: buildStatus, ...(buildStatus === 'Failed' ? { errorMessage: error } : {}) }] },
      { name: 'Dev', transition: { enabled: true }, inbound: [], ...run('Succeeded'), actions: [{ name: 'DeployDev', category: 'Deploy', provider: 'ElasticBeanstalk', status: 'Succeeded' }] },
      {
        name: 'Prod',
        transition: step === 'build-failed' ? { enabled: false, reason: 'jack lock 7Q2 by ada - broken build' } : { enabled: true },
        inbound: past ? ['9d0e1f2a-aaaa-bbbb-cccc-0123456789ab'] : [],
        ...run(prod),
        actions: [
          { name: 'ApproveProd', category: 'Approval', provider: 'Manual', status: step === 'approval' ? 'InProgress' : 'Succeeded', ...(step === 'approval' ? { token: 'token-1' } : { summary: 'Approved by Grace Hopper in Slack (release 1)' }) },
          { name: 'DeployProd', category: 'Deploy', provider: 'ElasticBeanstalk', ...(step === 'approval' ? {} : { status: prod }) },
        ],
      },
    ],
    executions: [
      { id: execution, status: step === 'done' ? 'Succeeded' : step === 'build-failed' ? 'Failed' : 'InProgress', started: new Date().toISOString(), trigger: { triggerType: 'StartPipelineExecution' }, commit: SHA, message: 'Show prices with tax', author: 'Linus Lind', approvals: [] },
      { id: '0a4d7e11-1111-2222-3333-444455556666', status: 'Succeeded', trigger: { triggerType: 'CloudWatchEvent' }, commit: '17cb05d0000000000000000000000000000000aa', message: '장바구니 수정 🛒', author: '민지 Kim', approvals: [] },
      { id: '77aa00bb-1111-2222-3333-444455556666', status: 'Superseded', trigger: { triggerType: 'CloudWatchEvent' }, commit: 'a1b2c3d0000000000000000000000000000000aa', message: 'Bump dependencies', author: 'Linus Lind', approvals: [] },
    ],
  };
}

function environment(name: string, version: string, size: number, taken: number, status: string): Loose {
  return {
    name,
    application: 'shop',
    version,
    status,
    health: status === 'Updating' ? 'Info' : 'Ok',
    causes: status === 'Updating' ? ['Application update in progress (running for 21 seconds).'] : [],
    instances: Array.from({ length: size }, (_, at) => ({ id: `i-0${at}f3a91c27de45b${at}`, version: at < taken ? NEW : version === NEW && taken === size ? NEW : at < taken ? NEW : OLD, health: status === 'Updating' && at === taken ? 'Info' : 'Ok', status: 'Deployed' })),
    events: [
      { at: new Date(Date.now() - 60_000).toISOString(), severity: 'INFO', message: 'Environment update is starting.' },
      { at: new Date(Date.now() - 30_000).toISOString(), severity: 'INFO', message: status === 'Updating' ? `Batch 1: Starting application deployment on instance(s) [i-00f3a91c27de45b0].` : 'Environment update completed successfully.' },
    ],
    alarms: name === 'shop-prod' ? [{ name: 'shop-prod-5xx', state: 'OK' }, { name: 'shop-prod-latency', state: 'OK' }] : [],
  };
}
