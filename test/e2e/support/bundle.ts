import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILE_CACHE, NODE, ROOT } from './long-child.ts';

const FOLDER = join(ROOT, 'node_modules', '.cache', 'jack-e2e');
const BOT = join(FOLDER, 'jack.mjs');

/**
 * The bot as one file, as it is shipped (`npm run build`): it starts in half the time, which counts where it is started
 * a hundred times. Built once, before the first story of a run. Answers with the file's path.
 */
export function bundleBot(): string {
  mkdirSync(FOLDER, { recursive: true });
  const fresh = join(FOLDER, `jack-${process.pid}.mjs`);
  const built = spawnSync('npm', ['run', '-s', 'build', '--', `--outfile=${fresh}`, '--log-level=error'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the bundle was not built: ${built.stderr}`);
  // At once: another run may be starting its bot from it.
  renameSync(fresh, BOT);
  const warmed = spawnSync(NODE, [BOT, '--help'], { env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE }, encoding: 'utf8' });
  if (warmed.status !== 0) throw new Error(`the bundle does not run: ${warmed.stderr}`);
  return BOT;
}

/** What `bundleBot` made in this run. */
export function bundledBot(): string {
  if (process.env[BUILT] === undefined) throw new Error('the bot was not bundled: these stories run as `npm run test:e2e`');
  return BOT;
}

/** Set in the run that built it, and handed on to its workers: a bundle of yesterday is not taken for today's. */
export const BUILT = 'JACK_E2E_BUNDLED';
