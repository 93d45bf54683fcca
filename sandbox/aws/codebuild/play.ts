import { randomUUID } from 'node:crypto';
import type { BuildMishap, BuildResult, Commit } from '../account.ts';
import type { SeedProject } from '../seed.ts';
import type { Build, Phase, Workshop } from './build.ts';
import { buildChanged, phaseChanged } from './events.ts';
import { writeLog } from './log.ts';
import { planBuild, shortTimeoutInMinutes, sourceTrouble } from './plan.ts';
import type { PlannedPhase, Trouble } from './plan.ts';
import { reportTests } from './reports.ts';

export interface BuildOrder {
  readonly project: SeedProject;
  readonly initiator: string;
  readonly fromPipeline: boolean;
  readonly repository?: string;
  readonly commit: Commit;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  onEnd(result: BuildResult): void;
}

/** Into how many writes a phase's output is cut. */
const writes = 4;

/** Starts a build; it goes on by the clock until it has ended or `build.stop` is called. */
export function startBuild(workshop: Workshop, order: BuildOrder): Build {
  const { account } = workshop;
  const mishap = account.mishaps.take('build', order.project.name) as BuildMishap | undefined;
  const trouble = mishap ?? sourceTrouble(order.project, order.commit);
  const id = `${order.project.name}:${randomUUID()}`;
  const build: Build = {
    id,
    arn: `arn:aws:codebuild:${account.region}:${account.id}:build/${id}`,
    number: workshop.builds.filter(({ project }) => project.name === order.project.name).length + 1,
    project: order.project,
    initiator: order.initiator,
    fromPipeline: order.fromPipeline,
    ...(order.repository ? { repository: order.repository } : {}),
    commit: order.commit,
    environment: order.environment,
    timeoutInMinutes: trouble?.status === 'TIMED_OUT' ? shortTimeoutInMinutes : order.project.timeoutInMinutes,
    startedAt: account.clock.now(),
    status: 'IN_PROGRESS',
    phases: [],
    reportArns: [],
  };
  workshop.builds.push(build);
  playPhase({ workshop, build, order, trouble, plan: planBuild(order.project, trouble) }, 0);
  buildChanged(workshop, build);
  return build;
}

interface Play {
  readonly workshop: Workshop;
  readonly build: Build;
  readonly order: BuildOrder;
  readonly trouble: Trouble | undefined;
  readonly plan: readonly PlannedPhase[];
}

function playPhase(play: Play, index: number): void {
  const { workshop, build, plan } = play;
  const planned = plan[index];
  if (!planned) return;
  const phase: Phase = { type: planned.type, startedAt: workshop.account.clock.now() };
  build.phases.push(phase);
  if (planned.type === 'COMPLETED') return end(play, worst(plan));
  build.stop = () => {
    cancel();
    close(play, phase, { ...planned, status: 'FAILED' }, 'STOPPED');
    build.phases.push({ type: 'COMPLETED', startedAt: workshop.account.clock.now() });
    end(play, 'STOPPED');
  };
  let cancel = speak(play, planned, 0, (next) => (cancel = next), () => {
    close(play, phase, planned, planned.status);
    if (planned.type === 'BUILD') reportTests(workshop, build, play.trouble);
    playPhase(play, index + 1);
  });
}

/** Writes the phase's lines in pieces over its time, then goes on: one timer after the other, so that no speed mixes them up. */
function speak(play: Play, planned: PlannedPhase, piece: number, hold: (cancel: () => void) => void, then: () => void): () => void {
  const { workshop, build } = play;
  const pieces = Math.max(1, Math.min(writes, planned.lines.length));
  const size = Math.ceil(planned.lines.length / pieces);
  return workshop.account.clock.after(planned.ms / pieces, () => {
    writeLog(workshop, build, planned.lines.slice(piece * size, (piece + 1) * size));
    if (piece + 1 < pieces) hold(speak(play, planned, piece + 1, hold, then));
    else then();
  });
}

/** Phases that the agent in the container tells of. */
const told = new Set(['DOWNLOAD_SOURCE', 'INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD', 'UPLOAD_ARTIFACTS']);

function close(play: Play, phase: Phase, planned: PlannedPhase, status: NonNullable<Phase['status']>): void {
  const { workshop, build } = play;
  phase.status = status;
  phase.endedAt = workshop.account.clock.now();
  if (planned.context && status !== 'STOPPED') phase.context = planned.context;
  if (told.has(phase.type)) {
    const { statusCode = '', message = '' } = phase.context ?? {};
    writeLog(workshop, build, [`Phase complete: ${phase.type} State: ${status}`, `Phase context status code: ${statusCode} Message: ${message}`]);
  }
  phaseChanged(workshop, build, phase);
}

function worst(plan: readonly PlannedPhase[]): BuildResult['status'] {
  return plan.find(({ status }) => status !== 'SUCCEEDED')?.status ?? 'SUCCEEDED';
}

function end({ workshop, build, order }: Play, status: BuildResult['status']): void {
  delete build.stop;
  build.status = status;
  build.endedAt = workshop.account.clock.now();
  buildChanged(workshop, build);
  const failed = build.phases.find((phase) => phase.status && phase.status !== 'SUCCEEDED');
  const { statusCode = '', message = '' } = failed?.context ?? {};
  order.onEnd({
    status,
    ...(failed ? { message: `Build terminated with state: ${status}. Phase: ${failed.type}, Code: ${statusCode}, Message: ${message}` } : {}),
    output: status === 'SUCCEEDED' ? { ...order.commit.files, 'REVISION': `${order.commit.id}\n` } : {},
  });
}
