import type { BuildMishap, Commit } from '../account.ts';
import type { SeedPhase, SeedProject } from '../seed.ts';
import type { Phase } from './build.ts';

export interface PlannedPhase {
  readonly type: SeedPhase['phase'];
  /** AWS ms. */
  readonly ms: number;
  readonly lines: readonly string[];
  readonly status: 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'TIMED_OUT';
  readonly context?: Phase['context'];
}

export type Trouble = Pick<BuildMishap, 'phase' | 'statusCode' | 'message' | 'logLines' | 'status' | 'failedTests'>;

/** AWS's shortest build timeout: what a build that is to time out is given, so that nobody waits an hour. */
export const shortTimeoutInMinutes = 5;

/** What goes on after a failed phase, by CodeBuild's phase transitions: POST_BUILD and UPLOAD_ARTIFACTS after BUILD, else only the end. */
const afterFailure: Readonly<Record<string, readonly SeedPhase['phase'][]>> = {
  BUILD: ['POST_BUILD', 'UPLOAD_ARTIFACTS', 'FINALIZING', 'COMPLETED'],
  POST_BUILD: ['UPLOAD_ARTIFACTS', 'FINALIZING', 'COMPLETED'],
};

/** The phases that this build will go through. */
export function planBuild(project: SeedProject, trouble: Trouble | undefined): readonly PlannedPhase[] {
  if (!trouble) return project.phases.map(good);
  const at = project.phases.findIndex(({ phase }) => phase === trouble.phase);
  const failing = project.phases[at];
  if (!failing) throw new Error(`Project ${project.name} has no phase ${trouble.phase} to fail in`);
  const after = trouble.status === 'TIMED_OUT' ? undefined : afterFailure[trouble.phase];
  const rest = after ?? ['FINALIZING', 'COMPLETED'];
  return [...project.phases.slice(0, at).map(good), failed(failing, trouble), ...project.phases.slice(at + 1).filter(({ phase }) => rest.includes(phase)).map(good)];
}

function good({ phase, seconds, lines }: SeedPhase): PlannedPhase {
  return { type: phase, ms: seconds * 1000, lines, status: 'SUCCEEDED' };
}

function failed(phase: SeedPhase, trouble: Trouble): PlannedPhase {
  const entering = phase.lines.filter((line) => /^(Entering phase|Phase is|Waiting for)/.test(line));
  return {
    type: phase.phase,
    ms: trouble.status === 'TIMED_OUT' ? shortTimeoutInMinutes * 60_000 : phase.seconds * 1000,
    lines: [...entering, ...trouble.logLines],
    status: trouble.status ?? 'FAILED',
    context: { statusCode: trouble.statusCode, message: trouble.message },
  };
}

/** What goes wrong without a mishap: the source has files, but not the buildspec. */
export function sourceTrouble(project: SeedProject, commit: Commit): Trouble | undefined {
  const isPath = /\.ya?ml$/.test(project.buildspec) && !project.buildspec.includes('\n');
  if (!isPath || Object.keys(commit.files).length === 0 || project.buildspec in commit.files) return undefined;
  return { phase: 'DOWNLOAD_SOURCE', statusCode: 'YAML_FILE_ERROR', message: 'YAML file does not exist', logLines: ['CODEBUILD_SRC_DIR=/codebuild/output/src1234/src'] };
}
