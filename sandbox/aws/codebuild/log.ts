import type { Build, Workshop } from './build.ts';
import { uuidOf } from './build.ts';

/** What CodeBuild's agent says itself, with a stamp; all else is the commands' own output. */
const agent =
  /^( {1}(INSTALL|PRE_BUILD|BUILD|POST_BUILD): \d|Waiting for|Running on CodeBuild|Phase is|Phase complete|Phase context|CODEBUILD_SRC_DIR|YAML location|Setting HTTP|Processing environment|Moving to|Cache is not|Skip cache|Registering|Phases found|Entering phase|Running command|Command did not exit|Expanding|Assembling|Found \d+ file|Preparing to copy|Set report)/;

/** '2026/07/14 09:57:49.017319'. */
function stamp(now: number, micros: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 23)}${String(micros % 1000).padStart(3, '0')}`;
}

export function writeLog(workshop: Workshop, build: Build, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const now = workshop.account.clock.now();
  const written = lines.flatMap((line, index) => {
    if (!agent.test(line)) return [line];
    const said = `[Container] ${stamp(now, 17 + index * 13)} ${line}`;
    return line.startsWith('Running command') ? ['', said] : [said];
  });
  workshop.account.logs.write(build.project.logGroup, uuidOf(build), written);
}
