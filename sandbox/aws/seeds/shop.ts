import type { SeedCommit, SeedPipeline, SeedProject, SeedRepository } from '../seed.ts';
import type { SeedApplication } from './environment-seed.ts';
import { commitIdOf, pastRun } from './past-run.ts';
import type { PipelineDeclaration } from './pipeline-seed.ts';
import { usualEnvironment } from './platform.ts';
import { nodeProject } from './project.ts';

const day = 24 * 60;
const ada = { name: 'Ada Lovelace', email: 'ada@acme.test' };
const linus = { name: 'Linus', email: 'linus@acme.test' };
const olive = 'arn:aws:iam::123456789012:user/olive';

const commits: readonly SeedCommit[] = [
  { id: commitIdOf('shop', '1'), author: ada, message: 'Open the shop', minutesAgo: 30 * day, files: {
    'package.json': '{"name":"shop","version":"1.0.0","scripts":{"start":"node server.js","test":"jest"}}\n',
    'server.js': "const http = require('node:http');\nhttp.createServer((_, res) => res.end('shop')).listen(process.env.PORT || 8080);\n",
    'Procfile': 'web: npm start\n',
    'buildspec.yml': 'version: 0.2\nphases:\n  install:\n    commands: [npm ci]\n  pre_build:\n    commands: [npm run lint]\n  build:\n    commands: [npm test, npm run build]\n  post_build:\n    commands: [npm prune --omit=dev]\nartifacts:\n  files: ["**/*"]\n',
  } },
  { id: commitIdOf('shop', '2'), author: linus, message: 'Round totals half to even (SHOP-101)', minutesAgo: 6 * day + 40, files: { 'totals.js': 'exports.round = (cents) => Math.round(cents);\n' } },
  { id: commitIdOf('shop', '3'), author: ada, message: 'Keep the basket after signing in (SHOP-114)', minutesAgo: 3 * day + 90, files: { 'basket.js': 'exports.keep = (basket) => ({ ...basket, kept: true });\n' } },
  { id: commitIdOf('shop', '4'), author: linus, message: 'Show delivery dates in the customer\'s time zone (SHOP-117)', minutesAgo: 2 * day + 30, files: { 'delivery.js': "exports.day = (date, zone) => date.toLocaleDateString('en', { timeZone: zone });\n" } },
  { id: commitIdOf('shop', '5'), author: ada, message: 'Winter prices banner (SHOP-120)', minutesAgo: 175, files: { 'banner.js': "exports.banner = 'Winter prices';\n" } },
];

export const shopRepository: SeedRepository = { name: 'shop', provider: 'CodeCommit', branch: 'main', commits };

export const shopProject: SeedProject = nodeProject('shop-build', ['basket survives signing in', 'totals are rounded half to even', 'delivery dates follow the time zone']);

const declaration: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::123456789012:role/service-role/AWSCodePipelineServiceRole-us-east-1-shop',
  pipelineType: 'V2',
  executionMode: 'SUPERSEDED',
  version: 3,
  artifactStore: { type: 'S3', location: 'codepipeline-us-east-1-123456789012' },
  stages: [
    { name: 'Source', actions: [{ name: 'Source', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' }, runOrder: 1, configuration: { RepositoryName: 'shop', BranchName: 'main', PollForSourceChanges: 'false' }, outputArtifacts: [{ name: 'SourceOutput' }], inputArtifacts: [], namespace: 'SourceVariables' }] },
    { name: 'Build', actions: [{ name: 'Build', actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' }, runOrder: 1, configuration: { ProjectName: 'shop-build' }, inputArtifacts: [{ name: 'SourceOutput' }], outputArtifacts: [{ name: 'BuildOutput' }] }] },
    { name: 'Dev', actions: [deploy('DeployDev', 'shop-dev', 1)] },
    { name: 'Prod', actions: [
      { name: 'ApproveProd', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' }, runOrder: 1, configuration: { CustomData: 'Does shop-dev look right?' }, inputArtifacts: [], outputArtifacts: [] },
      deploy('DeployProd', 'shop-prod', 2),
    ] },
  ],
};

function deploy(name: string, environment: string, runOrder: number): PipelineDeclaration['stages'][number]['actions'][number] {
  return { name, actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ElasticBeanstalk', version: '1' }, runOrder, configuration: { ApplicationName: 'shop', EnvironmentName: environment }, inputArtifacts: [{ name: 'BuildOutput' }], outputArtifacts: [] };
}

const minutes = { Source: 0.1, Build: 1.5, DeployDev: 1.4, ApproveProd: 24, DeployProd: 4.1 };
const trigger = { type: 'CloudWatchEvent', detail: 'arn:aws:events:us-east-1:123456789012:rule/codepipeline-shop-main' } as const;

function run(name: string, commit: SeedCommit | undefined, more: Partial<Parameters<typeof pastRun>[1]> = {}): ReturnType<typeof pastRun> {
  if (!commit) throw new Error(`The run ${name} has no commit`);
  return pastRun(declaration, {
    name,
    commit: commit.id,
    message: commit.message,
    trigger,
    startedMinutesAgo: commit.minutesAgo - 0.2,
    minutes,
    approvals: { ApproveProd: { by: olive, summary: 'Looks good on dev' } },
    ...more,
  });
}

export const shopPipeline: SeedPipeline = {
  declaration,
  createdMinutesAgo: 30 * day,
  past: [
    run('4', commits[4], { approvals: { ApproveProd: { by: olive, summary: 'Not yet: the banner is still missing its German text', rejected: true } } }),
    run('3', commits[3]),
    run('2', commits[2], { failsAt: { action: 'Build', code: 'JobFailed', message: 'Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: npm test. Reason: exit status 1' } }),
    run('1', commits[1]),
  ],
};

export const shopApplication: SeedApplication = {
  name: 'shop',
  description: 'The web shop',
  createdMinutesAgo: 30 * day,
  maxCount: 200,
  versions: [],
  environments: [
    { ...usualEnvironment, name: 'shop-dev', id: 'e-shopdev001', createdMinutesAgo: 29 * day, policy: 'AllAtOnce', loadBalanced: false, instances: ['i-0a1b2c3d4e5f60001'], options: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: 'STAGE', Value: 'dev' }], tags: { team: 'shop' } },
    { ...usualEnvironment, name: 'shop-prod', id: 'e-shopprod01', createdMinutesAgo: 28 * day, policy: 'Rolling', loadBalanced: true, instances: ['i-0a1b2c3d4e5f60011', 'i-0a1b2c3d4e5f60012', 'i-0a1b2c3d4e5f60013', 'i-0a1b2c3d4e5f60014'], options: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: 'STAGE', Value: 'prod' }, { Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: 'DATABASE_PASSWORD', Value: 'not-a-real-password' }], tags: { team: 'shop' } },
  ],
};
