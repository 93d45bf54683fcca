import type { JsonObject } from '../../json.ts';
import type { Build, Phase, Workshop } from './build.ts';
import { currentPhase } from './build.ts';
import { logsOf } from './view.ts';

const usDate = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
/** 'Sep 1, 2026, 4:12:29 PM' without the second comma and with plain spaces, as the events write it. */
const dated = (at: number): string => usDate.format(at).replaceAll('\u202f', ' ').replace(/(\d{4}), /, '$1 ');

export function buildChanged(workshop: Workshop, build: Build): void {
  workshop.account.bus.emit({
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build State Change',
    resources: [build.arn],
    detail: {
      'build-status': build.status,
      'project-name': build.project.name,
      'build-id': build.arn,
      'current-phase': currentPhase(build)?.type ?? 'SUBMITTED',
      'current-phase-context': '[]',
      version: '1',
      'additional-information': information(workshop, build),
    },
  });
  workshop.account.changed({ area: 'aws' });
}

export function phaseChanged(workshop: Workshop, build: Build, phase: Phase): void {
  workshop.account.bus.emit({
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build Phase Change',
    resources: [build.arn],
    detail: {
      'project-name': build.project.name,
      'build-id': build.arn,
      'completed-phase': phase.type,
      'completed-phase-status': phase.status ?? 'SUCCEEDED',
      'completed-phase-context': contextOf(phase),
      'completed-phase-duration-seconds': seconds(phase),
      'completed-phase-start': dated(phase.startedAt),
      'completed-phase-end': dated(phase.endedAt ?? phase.startedAt),
      version: '1',
      'additional-information': information(workshop, build),
    },
  });
}

const seconds = (phase: Phase): number => Math.round(((phase.endedAt ?? phase.startedAt) - phase.startedAt) / 1000);
const contextOf = (phase: Phase): string => (phase.context ? `[${phase.context.statusCode}: ${phase.context.message}]` : '[: ]');

function information(workshop: Workshop, build: Build): JsonObject {
  const logs = logsOf(workshop, build);
  return {
    initiator: build.initiator,
    'build-start-time': dated(build.startedAt),
    'build-complete': build.status !== 'IN_PROGRESS',
    'timeout-in-minutes': build.timeoutInMinutes,
    logs: { 'group-name': logs.groupName, ...(logs.streamName ? { 'stream-name': logs.streamName, 'deep-link': logs.deepLink } : {}) },
    phases: build.phases.map((phase) => ({
      'phase-type': phase.type,
      'start-time': dated(phase.startedAt),
      ...(phase.status && phase.endedAt !== undefined
        ? { 'phase-status': phase.status, 'phase-context': [phase.context ? `${phase.context.statusCode}: ${phase.context.message}` : ': '], 'end-time': dated(phase.endedAt), 'duration-in-seconds': seconds(phase) }
        : {}),
    })),
    environment: {
      image: build.project.image,
      'compute-type': build.project.computeType,
      type: 'LINUX_CONTAINER',
      'privileged-mode': false,
      'environment-variables': build.environment.map(({ name, value }) => ({ name, value, type: 'PLAINTEXT' })),
    },
    source: { type: build.fromPipeline ? 'CODEPIPELINE' : 'CODECOMMIT' },
  };
}
