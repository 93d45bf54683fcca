import type { Config } from './config/config.ts';
import { configOf, readText } from './config-file.ts';
import type { Log } from './ports.ts';
import { StartProblem } from './start-problem.ts';

export interface ConfigWatch {
  readonly file: string;
  readonly log: Log;
  /** The file was changed, and is good. */
  readonly onConfig: (config: Config) => Promise<void>;
  /** The file was changed, and is not: what is wrong, one sentence after the other. */
  readonly onProblems: (problems: string) => void;
  /** How often the file is looked at. Milliseconds. */
  readonly everyMs?: number;
}

const EVERY_MS = 5_000;

/**
 * Looks at jack.yml now and then, and reads it again when it was changed. A file that cannot be used changes nothing:
 * the old one goes on, it is said, and the file is tried again: what is in its way may go. Its text is compared, since
 * a mounted file may change with no event; one that is just being written is let be until two looks find the same.
 */
export async function watchConfig({ file, log, onConfig, onProblems, everyMs = EVERY_MS }: ConfigWatch): Promise<{ stop(): void }> {
  let text = await readText(file);
  let seen = text;
  let said = '';
  let failed = false;
  let busy = false;
  let stopped = false;

  async function look(): Promise<void> {
    const now = await readText(file);
    const isStill = now === seen;
    seen = now;
    if (!isStill || (now === text && !failed)) return;
    text = now;
    await onConfig(configOf(now, file));
    failed = false;
    said = '';
    log.info({ file }, 'the configuration was read again');
  }

  function complain(problem: unknown): void {
    failed = true;
    const words = problem instanceof StartProblem ? problem.message : String(problem);
    if (stopped || words === said) return;
    said = words;
    log.error({ file, problem: words }, 'the changed configuration is not used');
    onProblems(words);
  }

  // One look at a time: taking a file in asks AWS, which may last longer than the pause between two looks.
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    look()
      .catch(complain)
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
