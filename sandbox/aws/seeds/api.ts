import type { SeedCommit, SeedPipeline, SeedProject, SeedRepository } from '../seed.ts';
import type { SeedApplication } from './environment-seed.ts';
import { commitIdOf, pastRun } from './past-run.ts';
import type { PipelineDeclaration } from './pipeline-seed.ts';
import { usualEnvironment } from './platform.ts';
import { nodeProject } from './project.ts';

const day = 24 * 60;
const linus = { name: 'Linus', email: 'linus@acme.test' };
const ada = { name: 'Ada Lovelace', email: 'ada@acme.test' };
const connectionArn = 'arn:aws:codeconnections:us-east-1:123456789012:connection/5b0c9a9e-2f4b-4d55-9d6b-0f1f6a7f3c11';

const commits: readonly SeedCommit[] = [
  { id: commitIdOf('api', '1'), author: linus, message: 'First routes', minutesAgo: 40 * day, files: {
    'package.json': '{"name":"api","version":"1.0.0","scripts":{"start":"node index.js","test":"jest"}}\n',
    'index.js': "require('node:http').createServer((_, res) => res.end('{}')).listen(process.env.PORT || 8080);\n",
    'Procfile': 'web: npm start\n',
    'buildspec.yml': 'version: 0.2\nphases:\n  install:\n    commands: [npm ci]\n  build:\n    commands: [npm test]\nartifacts:\n  files: ["**/*"]\n',
  } },
  { id: commitIdOf('api', '2'), author: ada, message: 'Page the list of orders (API-31)', minutesAgo: 8 * day, files: { 'orders.js': 'exports.page = (all, n) => all.slice(n * 50, n * 50 + 50);\n' } },
  { id: commitIdOf('api', '3'), author: linus, message: 'Answer 404 for unknown orders (API-35)', minutesAgo: day + 120, files: { 'not-found.js': 'exports.status = 404;\n' } },
];

export const apiRepository: SeedRepository = { name: 'acme/api', provider: 'GitHub', connectionArn, branch: 'main', commits };

export const apiProject: SeedProject = nodeProject('api-build', ['orders are paged', 'unknown orders answer 404']);

function deploy(name: string, environment: string): PipelineDeclaration['stages'][number]['actions'][number] {
  return { name, actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ElasticBeanstalk', version: '1' }, runOrder: 1, configuration: { ApplicationName: 'api', EnvironmentName: environment }, inputArtifacts: [{ name: 'BuildOutput' }], outputArtifacts: [] };
}

const declaration: PipelineDeclaration = {
  name: 'api',
  roleArn: 'arn:aws:iam::123456789012:role/service-role/AWSCodePipelineServiceRole-us-east-1-api',
  pipelineType: 'V2',
  executionMode: 'PARALLEL',
  version: 2,
  artifactStore: { type: 'S3', location: 'codepipeline-us-east-1-123456789012' },
  stages: [
    { name: 'Source', actions: [{ name: 'Source', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' }, runOrder: 1, configuration: { ConnectionArn: connectionArn, FullRepositoryId: 'acme/api', BranchName: 'main', OutputArtifactFormat: 'CODE_ZIP', DetectChanges: 'true' }, inputArtifacts: [], outputArtifacts: [{ name: 'SourceOutput' }], namespace: 'SourceVariables' }] },
    { name: 'Build', actions: [{ name: 'Build', actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' }, runOrder: 1, configuration: { ProjectName: 'api-build' }, inputArtifacts: [{ name: 'SourceOutput' }], outputArtifacts: [{ name: 'BuildOutput' }] }] },
    { name: 'Staging', actions: [deploy('DeployStaging', 'api-staging')] },
    { name: 'Approve', actions: [{ name: 'Approve', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' }, runOrder: 1, configuration: {}, inputArtifacts: [], outputArtifacts: [] }] },
    { name: 'Prod', actions: [deploy('DeployProd', 'api-prod')] },
  ],
};

const minutes = { Source: 0.1, Build: 1.5, DeployStaging: 1.4, Approve: 11, DeployProd: 6 };
const trigger = { type: 'WebhookV2', detail: connectionArn } as const;

function run(name: string, commit: SeedCommit | undefined): ReturnType<typeof pastRun> {
  if (!commit) throw new Error(`The run ${name} has no commit`);
  return pastRun(declaration, {
    name,
    commit: commit.id,
    message: JSON.stringify({ ProviderType: 'GitHub', CommitMessage: commit.message }),
    trigger,
    startedMinutesAgo: commit.minutesAgo - 0.2,
    minutes,
    approvals: { Approve: { by: 'arn:aws:iam::123456789012:user/olive', summary: 'Contract tests are fine' } },
  });
}

export const apiPipeline: SeedPipeline = {
  declaration,
  createdMinutesAgo: 40 * day,
  past: [run('2', commits[2]), run('1', commits[1])],
};

export const apiApplication: SeedApplication = {
  name: 'api',
  description: 'The public API',
  createdMinutesAgo: 40 * day,
  versions: [],
  environments: [
    { ...usualEnvironment, name: 'api-staging', id: 'e-apistage01', createdMinutesAgo: 39 * day, policy: 'AllAtOnce', loadBalanced: false, instances: ['i-0b2c3d4e5f6a70001'], options: [], tags: { team: 'api' } },
    { ...usualEnvironment, name: 'api-prod', id: 'e-apiprod001', createdMinutesAgo: 38 * day, policy: 'Immutable', batch: { type: 'Percentage', size: 100 }, loadBalanced: true, instances: ['i-0b2c3d4e5f6a70011', 'i-0b2c3d4e5f6a70012'], options: [], tags: { team: 'api' } },
  ],
};
