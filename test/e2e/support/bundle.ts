import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './long-child.ts';

const FOLDER = join(ROOT, 'node_modules', '.cache', 'jack-e2e');

/**
 * The bot as one file, as it is shipped (`npm run build`): it starts in half the time, which counts where it is
 * started a hundred times. Answers with the file's path.
 */
export function bundleBot(): string {
  const file = join(FOLDER, 'jack.mjs');
  const fresh = join(FOLDER, `jack-${process.pid}.mjs`);
  const built = spawnSync('npm', ['run', '-s', 'build', '--', `--outfile=${fresh}`, '--log-level=error'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the bundle was not built: ${built.stderr}`);
  // At once: another run may be starting its bot from it.
  renameSync(fresh, file);
  return file;
}
