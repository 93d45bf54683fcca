import type { JsonObject } from '../../json.ts';
import type { SeedProject } from '../seed.ts';
import type { Build, Phase, Workshop } from './build.ts';
import { currentPhase, uuidOf } from './build.ts';

/** CloudWatch's console writes names encoded twice, with $ for %. */
const twice = (text: string): string => encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');

interface Logs {
  readonly groupName: string;
  readonly streamName?: string;
  readonly deepLink?: string;
  readonly cloudWatchLogsArn?: string;
}

/** Before PROVISIONING there is no stream, and no link that leads anywhere. */
export function logsOf({ account }: Workshop, build: Build): Logs {
  const groupName = build.project.logGroup;
  if (!build.phases.some(({ type }) => type === 'PROVISIONING')) return { groupName };
  const streamName = uuidOf(build);
  return {
    groupName,
    streamName,
    deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${account.region}#logsV2:log-groups/log-group/${twice(groupName)}/log-events/${twice(streamName)}`,
    cloudWatchLogsArn: `arn:aws:logs:${account.region}:${account.id}:log-group:${groupName}:log-stream:${streamName}`,
  };
}

/** One build of BatchGetBuilds. */
export function buildView(workshop: Workshop, build: Build): JsonObject {
  return {
    id: build.id,
    arn: build.arn,
    buildNumber: build.number,
    startTime: new Date(build.startedAt),
    ...(build.endedAt === undefined ? {} : { endTime: new Date(build.endedAt) }),
    currentPhase: currentPhase(build)?.type ?? 'SUBMITTED',
    buildStatus: build.status,
    buildComplete: build.status !== 'IN_PROGRESS',
    ...(build.fromPipeline ? {} : { sourceVersion: build.commit.id }),
    resolvedSourceVersion: build.commit.id,
    projectName: build.project.name,
    phases: build.phases.map(phaseView),
    source: sourceOf(workshop, build),
    secondarySources: [],
    secondarySourceVersions: [],
    artifacts: { location: build.fromPipeline ? `arn:aws:s3:::codepipeline-${workshop.account.region}-${workshop.account.id}` : '' },
    secondaryArtifacts: [],
    cache: { type: 'NO_CACHE' },
    environment: { ...environmentOf(build.project), environmentVariables: build.environment.map(({ name, value }) => ({ name, value, type: 'PLAINTEXT' })) },
    serviceRole: build.project.serviceRole,
    logs: { ...logsOf(workshop, build), cloudWatchLogs: { status: 'ENABLED', groupName: build.project.logGroup }, s3Logs: { status: 'DISABLED', encryptionDisabled: false } },
    timeoutInMinutes: build.timeoutInMinutes,
    queuedTimeoutInMinutes: 480,
    initiator: build.initiator,
    encryptionKey: `arn:aws:kms:${workshop.account.region}:${workshop.account.id}:alias/aws/s3`,
    exportedEnvironmentVariables: [],
    reportArns: build.reportArns,
  };
}

function sourceOf({ account }: Workshop, build: Build): JsonObject {
  const { buildspec } = build.project;
  if (build.fromPipeline) return { type: 'CODEPIPELINE', buildspec };
  return { type: 'CODECOMMIT', buildspec, location: `https://git-codecommit.${account.region}.amazonaws.com/v1/repos/${build.repository ?? ''}` };
}

/** COMPLETED, and the phase that runs, have no status and no duration. */
function phaseView(phase: Phase): JsonObject {
  const started = { phaseType: phase.type, startTime: new Date(phase.startedAt) };
  if (!phase.status || phase.endedAt === undefined) return started;
  return {
    ...started,
    phaseStatus: phase.status,
    endTime: new Date(phase.endedAt),
    durationInSeconds: Math.round((phase.endedAt - phase.startedAt) / 1000),
    contexts: [phase.context ? { ...phase.context } : { statusCode: '', message: '' }],
  };
}

const environmentOf = ({ image, computeType }: SeedProject): JsonObject => ({ type: 'LINUX_CONTAINER', image, computeType, privilegedMode: false, imagePullCredentialsType: 'CODEBUILD' });

/** One project of BatchGetProjects. */
export function projectView({ account, createdAt }: Workshop, project: SeedProject): JsonObject {
  return {
    name: project.name,
    arn: `arn:aws:codebuild:${account.region}:${account.id}:project/${project.name}`,
    ...(project.description ? { description: project.description } : {}),
    source: { type: 'CODEPIPELINE', buildspec: project.buildspec, insecureSsl: false },
    artifacts: { type: 'CODEPIPELINE', name: project.name, packaging: 'NONE', encryptionDisabled: false },
    cache: { type: 'NO_CACHE' },
    environment: { ...environmentOf(project), environmentVariables: [] },
    serviceRole: project.serviceRole,
    timeoutInMinutes: project.timeoutInMinutes,
    queuedTimeoutInMinutes: 480,
    encryptionKey: `arn:aws:kms:${account.region}:${account.id}:alias/aws/s3`,
    tags: [],
    created: new Date(createdAt),
    lastModified: new Date(createdAt),
    badge: { badgeEnabled: false },
    logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: project.logGroup }, s3Logs: { status: 'DISABLED', encryptionDisabled: false } },
    projectVisibility: 'PRIVATE',
  };
}
