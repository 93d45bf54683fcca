import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { BatchGetBuildsCommand } from '@aws-sdk/client-codebuild';
import type { Build, BuildPhase } from '@aws-sdk/client-codebuild';
import type { Logger } from 'pino';
import type { App } from '../../domain/app.ts';
import { unless } from '../faults.ts';
import { given } from '../given.ts';
import { linkTo, logStreamLink } from '../links.ts';
import type { Read } from '../reads.ts';
import { logTail } from './log-tail.ts';

/** What a build tells about its failure. */
export interface BuildEvidence {
  /** One sentence; absent where the build names no failed phase. */
  readonly cause?: string;
  readonly logTail: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

const LOG_LINES = 200;
const BAD = new Set(['FAILED', 'FAULT', 'TIMED_OUT', 'STOPPED', 'CLIENT_ERROR']);

/** Undefined: CodeBuild no longer knows the build. `buildId` is 'project:uuid'. */
export async function buildEvidence(read: Read, log: Logger, { app, buildId }: { readonly app: App; readonly buildId: string }): Promise<BuildEvidence | undefined> {
  const answer = await read(app, 'codebuild:BatchGetBuilds', { ids: [buildId] }, ({ codebuild }, input) => codebuild.send(new BatchGetBuildsCommand(input)));
  const build = answer.builds?.[0];
  if (!build) return undefined;
  const lines = await tailOf(read, log, { app, build });
  return { logTail: lines, links: linksOf(app, buildId, build), ...given({ cause: causeOf(build.phases ?? []) }) };
}

/** The first bad phase: later ones (POST_BUILD runs after a failed BUILD) only follow from it. */
export function causeOf(phases: readonly BuildPhase[]): string | undefined {
  const bad = phases.find((phase) => BAD.has(phase.phaseStatus ?? ''));
  if (!bad) return undefined;
  const context = bad.contexts?.find((candidate) => candidate.message)?.message;
  const said = bad.phaseStatus === 'TIMED_OUT' ? 'timed out' : bad.phaseStatus === 'STOPPED' ? 'was stopped' : 'failed';
  return context ? `${bad.phaseType} ${said}: ${context}` : `${bad.phaseType} ${said}`;
}

/** The stream exists from PROVISIONING on. Logs that cannot be read are left out: the rest of the evidence still helps. */
async function tailOf(read: Read, log: Logger, { app, build }: { readonly app: App; readonly build: Build }): Promise<readonly string[]> {
  const { groupName: logGroupName, streamName: logStreamName } = build.logs ?? {};
  if (!logGroupName || !logStreamName) return [];
  const input = { logGroupName, logStreamName, limit: LOG_LINES, startFromHead: false };
  try {
    const answer = await unless(
      read(app, 'logs:GetLogEvents', input, ({ logs }, input) => logs.send(new GetLogEventsCommand(input))),
      'ResourceNotFoundException',
    );
    return logTail((answer?.events ?? []).flatMap((event) => event.message ?? []));
  } catch (error) {
    log.warn({ err: error, build: build.id }, 'the build log could not be read');
    return [];
  }
}

function linksOf(app: App, buildId: string, build: Build): BuildEvidence['links'] {
  const { groupName: group, streamName: stream } = build.logs ?? {};
  const links = [{ label: 'Build log', url: linkTo(app, { kind: 'build', buildId }) }];
  if (group && stream) links.push({ label: 'CloudWatch log', url: logStreamLink(app.region, { group, stream }) });
  return links;
}
