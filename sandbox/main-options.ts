import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface SandboxPorts {
  readonly slack: number;
  readonly aws: number;
  readonly web: number;
  readonly control: number;
}

/** A mistake in the command line, told in one sentence. */
export class UsageError extends Error {}

/** `--slack PORT --aws PORT --web PORT [--control PORT] [--seed FILE] [--speed N]`; a port that is left out or 0 is any free one. */
export function readOptions(args: readonly string[]): { readonly ports: SandboxPorts; readonly seed: unknown; readonly speed: number } {
  const options = { slack: text, aws: text, web: text, control: text, seed: text, speed: text };
  const { values } = read(() => parseArgs({ args: [...args], options, strict: true }));
  const speed = Number(values.speed ?? '1');
  if (!(speed > 0)) throw new UsageError(`--speed must be a number above 0, not ${values.speed}.`);
  const ports = { slack: port('slack', values.slack), aws: port('aws', values.aws), web: port('web', values.web), control: port('control', values.control) };
  const file = values.seed;
  return { ports, speed, seed: file === undefined ? undefined : seedOf(file) };
}

const text = { type: 'string' } as const;

function port(name: string, given: string | undefined): number {
  const made = Number(given ?? '0');
  if (given?.trim() === '' || !Number.isInteger(made) || made < 0 || made > 65_535) throw new UsageError(`--${name} must be a port (0 for any free one), not ${given}.`);
  return made;
}

/** Its form is looked at where it is used. */
function seedOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (problem) {
    throw new UsageError(`--seed ${file} cannot be read as JSON: ${problem instanceof Error ? problem.message : String(problem)}`, { cause: problem });
  }
}

function read<Result>(reading: () => Result): Result {
  try {
    return reading();
  } catch (problem) {
    throw new UsageError(problem instanceof Error ? problem.message : String(problem), { cause: problem });
  }
}
