import { createHash } from 'node:crypto';
import type { Account, Commit, Deployer, Mishap, Repositories } from '../../../sandbox/aws/account.ts';
import { usualAssumptions } from '../../../sandbox/aws/assumptions.ts';
import type { Assumptions } from '../../../sandbox/aws/assumptions.ts';
import { codebuild } from '../../../sandbox/aws/codebuild/index.ts';
import { codepipeline } from '../../../sandbox/aws/codepipeline/index.ts';
import { encodePlain } from '../../../sandbox/aws/engine/dialects/encode-plain.ts';
import { models } from '../../../sandbox/aws/engine/model.ts';
import { AwsError } from '../../../sandbox/aws/engine/service.ts';
import { sentence, violations } from '../../../sandbox/aws/engine/validate.ts';
import { buildMishaps } from '../../../sandbox/aws/mishaps/build-mishaps.ts';
import type { Part } from '../../../sandbox/aws/part.ts';
import type { PipelineDeclaration, Seed } from '../../../sandbox/aws/seed.ts';
import { loadSeed } from '../../../sandbox/aws/seeds/load.ts';
import type { JsonObject } from '../../../sandbox/json.ts';
import { ManualClock } from './manual-clock.ts';

export const ada = { name: 'Ada', email: 'ada@acme.test' };
export const jack = 'arn:aws:sts::123456789012:assumed-role/jack/U0ADA';

/** What the tests look into: answers are plain data whose shape AWS's model says. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer of any operation, checked against its model
export type Answer = any;

/** CodePipeline and CodeBuild with memories in place of the services around them. */
export interface PipelineAccount {
  readonly clock: ManualClock;
  readonly assumptions: Assumptions;
  readonly events: { readonly detailType: string; readonly detail: JsonObject }[];
  readonly objects: Map<string, Uint8Array>;
  readonly logs: Map<string, string[]>;
  /** Deployments in progress, oldest first; end one with its `end`. */
  readonly deployments: { readonly environment: string; readonly label: string; end(ok: boolean, errors?: readonly string[]): void }[];
  readonly versions: string[];
  /** Makes the next deployments be refused. */
  refuseDeployments?: AwsError | undefined;
  push(message: string, files?: Readonly<Record<string, string>>): Commit;
  arm(mishap: string): void;
  call(operation: string, input: JsonObject, arn?: string): Answer;
  callBuild(operation: string, input: JsonObject): Answer;
  /** `{pipelines}` as the page gets it. */
  state(): Answer;
}

export interface Options {
  readonly pipeline?: Partial<PipelineDeclaration>;
  readonly approvalTimeoutSeconds?: number;
  /** Where the build project looks for its commands. */
  readonly buildspec?: string;
  readonly withPast?: boolean;
  /** Takes the seed's second pipeline instead. */
  readonly api?: boolean;
}

export function pipelineAccount(options: Options = {}): PipelineAccount {
  const clock = new ManualClock();
  const seed = seedFor(clock, options);
  const assumptions: Assumptions = { ...usualAssumptions, rollbackCrossesDisabledTransition: false, executionVisibleAfterMs: 0, clientTokenWindowMs: 60_000 };
  const told: PipelineAccount['events'] = [];
  const objects = new Map<string, Uint8Array>();
  const logs = new Map<string, string[]>();
  const deployments: PipelineAccount['deployments'] = [];
  const versions: string[] = [];
  const armed: Mishap[] = [];
  const repository = rememberCommits(clock, seed);
  const account = {} as { -readonly [Key in keyof Account]: Account[Key] };
  const builds = codebuild(account, seed);
  const pipelines = codepipeline(account, seed);
  const whole: PipelineAccount = {
    clock, assumptions, events: told, objects, logs, deployments, versions,
    push: (message, files = {}) => repository.push({ repository: seed.repositories[0]?.name ?? '', branch: 'main', author: ada, message, files }),
    arm: (id) => armed.push(...buildMishaps.filter((mishap) => mishap.id === id)),
    call: (operation, input, arn = jack) => perform(pipelines, operation, input, arn),
    callBuild: (operation, input) => perform(builds, operation, input, jack),
    state: () => pipelines.state?.(),
  };
  Object.assign(account, {
    id: seed.accountId,
    region: seed.region,
    clock,
    assumptions,
    changed: () => undefined,
    bus: { emit: ({ detailType, detail }: { detailType: string; detail: JsonObject }) => told.push({ detailType, detail }) },
    objects: { put: (bucket: string, key: string, body: Uint8Array) => { objects.set(`${bucket}/${key}`, body); return { versionId: 'v', etag: 'e' }; } },
    repositories: repository,
    logs: { write: (_: string, stream: string, lines: readonly string[]) => logs.set(stream, [...(logs.get(stream) ?? []), ...lines]) },
    mishaps: { take: () => armed.shift(), list: () => [], arm: () => undefined, disarm: () => undefined },
    builds: builds.builds,
    beanstalk: deployer(whole),
  });
  builds.begin?.();
  pipelines.begin?.();
  return whole;
}

function seedFor(clock: ManualClock, options: Options): Seed {
  const seed = loadSeed(clock.now());
  const pick = options.api ? 1 : 0;
  const [pipeline, repository] = [seed.pipelines[pick], seed.repositories[pick]];
  if (!pipeline || !repository) throw new Error('the default seed has two pipelines');
  const { approvalTimeoutSeconds } = options;
  return {
    ...seed,
    repositories: [repository],
    projects: seed.projects.map((project) => ({ ...project, buildspec: options.buildspec ?? project.buildspec })),
    pipelines: [{
      ...pipeline,
      declaration: { ...pipeline.declaration, ...options.pipeline },
      past: options.withPast ? pipeline.past : [],
      ...(approvalTimeoutSeconds === undefined ? {} : { approvalTimeoutSeconds }),
    }],
  };
}

function perform(part: Part, operation: string, input: JsonObject, arn: string): Answer {
  const model = models()[part.service.name];
  const declared = model?.operations[operation];
  if (!model || !declared) throw new Error(`no ${operation} in the model`);
  const found = declared.input ? violations(model, declared.input, input) : [];
  if (found.length > 0) throw new AwsError('ValidationException', sentence(found));
  const output = part.service.handlers[operation]?.(input, { accountId: '123456789012', region: 'us-east-1', requestId: 'r', arn });
  return declared.output ? encodePlain(model, declared.output, (output ?? {}) as JsonObject, 'json', operation) : undefined;
}

function rememberCommits(clock: ManualClock, seed: Seed): Repositories {
  const commits: Commit[] = [];
  const listeners: Parameters<Repositories['onPush']>[0][] = [];
  const repository: Repositories = {
    head: (_, branch) => (branch === 'main' ? commits.at(-1) : undefined),
    commit: (_, id) => commits.find((each) => each.id === id),
    push: ({ repository: name, branch, author, message, files }) => {
      const parent = commits.at(-1);
      const commit: Commit = { id: createHash('sha1').update(`${commits.length}${message}`).digest('hex'), parents: parent ? [parent.id] : [], author, message, at: clock.now(), files: { ...parent?.files, ...files } };
      commits.push(commit);
      for (const told of listeners) told(name, branch, commit);
      return commit;
    },
    onPush: (told) => listeners.push(told),
  };
  for (const { id, author, message, minutesAgo, files } of seed.repositories[0]?.commits ?? []) {
    const written = Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
    commits.push({ id, parents: [], author, message, at: clock.now() - minutesAgo * 60_000, files: { ...commits.at(-1)?.files, ...written } });
  }
  return repository;
}

function deployer(whole: PipelineAccount): Deployer {
  return {
    hasEnvironment: (_, environment) => environment.includes('-'),
    createVersion: ({ label }) => whole.versions.push(label),
    deploy: (order) => {
      const { environment, label } = order;
      if (whole.refuseDeployments) throw whole.refuseDeployments;
      const deployment = {
        environment,
        label,
        end: (ok: boolean, errors: readonly string[] = []) => {
          whole.deployments.splice(whole.deployments.indexOf(deployment), 1);
          order.onEnd({ ok, errors });
        },
      };
      whole.deployments.push(deployment);
      return { requestId: 'd0d0d0d0-0000-4000-8000-000000000000' };
    },
  };
}
