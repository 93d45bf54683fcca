import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm test`: everything, one part after the other, each in a process of its own; `npm test -- unit store` runs those alone. */

const PROGRAMS = ['types', 'lint'];
const SUITES = ['unit', 'store', 'sandbox', 'e2e', 'page'];

/** Two cores are the measure. The stories wait for each other's processes half of the time, so a third one fits. */
const workersOf = (part: string): string => (part === 'e2e' ? '3' : '2');

/** A part that takes longer hangs. */
const LIMIT_MS = 30 * 60_000;

interface Outcome {
  readonly part: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

/** What jest writes with `--json`, as far as it is counted here. */
interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

let running: ChildProcess | undefined;

/** Runs an npm script with its output on this terminal; answers whether it ended well. In a process group of its own, so that nothing it started outlives it. */
async function runs(args: readonly string[]): Promise<boolean> {
  const child = spawn('npm', ['run', '-s', ...args], { stdio: 'inherit', detached: true });
  running = child;
  const limit = setTimeout(() => stop(child, 'SIGKILL'), LIMIT_MS);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  clearTimeout(limit);
  running = undefined;
  return code === 0;
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    if (running) stop(running, signal);
    process.exit(1);
  });
}

/** A type check or a lint counts as one test. */
async function runProgram(part: string): Promise<Omit<Outcome, 'seconds'>> {
  const isGood = await runs([part]);
  return { part, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
}

async function runSuite(part: string, folder: string): Promise<Omit<Outcome, 'seconds'>> {
  const file = join(folder, `${part}.json`);
  const isGood = await runs(['jest', '--', '--selectProjects', part, '--maxWorkers', workersOf(part), '--json', '--outputFile', file]);
  const report = await readFile(file, 'utf8').then((text) => JSON.parse(text) as JestReport, () => undefined);
  if (!report) return { part, passed: 0, failed: 1 };
  // A file that cannot even start has no tests to count, and a test that was skipped has not passed.
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + report.numRuntimeErrorTestSuites;
  return { part, passed: report.numPassedTests, failed: failed === 0 && (!isGood || report.numPassedTests === 0) ? 1 : failed };
}

function line({ part, passed, failed, seconds }: Outcome): string {
  return `${part.padEnd(10)}${String(passed).padStart(7)} passed${String(failed).padStart(7)} failed${seconds.toFixed(1).padStart(9)} s`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => ![...PROGRAMS, ...SUITES].includes(part));
if (unknown.length > 0) {
  process.stderr.write(`No such part: ${unknown.join(', ')}. There are ${[...PROGRAMS, ...SUITES].join(', ')}.\n`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'jack-tests-'));
const outcomes: Outcome[] = [];
for (const part of [...PROGRAMS, ...SUITES].filter((one) => wanted.length === 0 || wanted.includes(one))) {
  process.stdout.write(`\n== ${part}\n`);
  const start = performance.now();
  const outcome = PROGRAMS.includes(part) ? await runProgram(part) : await runSuite(part, folder);
  outcomes.push({ ...outcome, seconds: (performance.now() - start) / 1000 });
}
await rm(folder, { recursive: true });

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
process.stdout.write(`\n${outcomes.map(line).join('\n')}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
