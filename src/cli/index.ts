import { nearest } from '../domain/nearest.ts';
import { StartProblem } from '../start-problem.ts';
import { audit } from './audit.ts';
import { byHand } from './by-hand.ts';
import { check } from './check.ts';
import type { CliCommand } from './command.ts';
import { start } from './start.ts';
import { version } from './version.ts';

/** Everything that `jack` understands on the command line. */
export const cliCommands: readonly CliCommand[] = [start, check, audit, byHand, version];

/** Runs one command; answers the exit code. What goes wrong is one sentence on stderr for each problem. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const name = args[0] ?? 'start';
  if (['help', '--help', '-h'].includes(name)) return say(usage());
  const command = cliCommands.find((one) => one.name === name || one.flags?.includes(name));
  if (!command) return complain([unknown(name)], 2);
  try {
    return await command.run(args.slice(1), env);
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    return complain(error.lines, 1);
  }
}

function usage(): string {
  const width = Math.max(...cliCommands.map((command) => command.usage.length)) + 1;
  const lines = cliCommands.map((command) => `  jack ${command.usage.padEnd(width)} ${command.does}`);
  return ['Jack ships with AWS CodePipeline and Elastic Beanstalk, from Slack.', '', ...lines, `  jack ${'help'.padEnd(width)} Print this`, '', 'Settings are environment variables: see docs/operating/install.md.'].join('\n');
}

function unknown(name: string): string {
  const meant = nearest(name, cliCommands.map((command) => command.name));
  return `jack knows no ${JSON.stringify(name)}${meant === undefined ? '' : ` (did you mean ${meant}?)`}: jack help lists what it knows.`;
}

function say(words: string): number {
  process.stdout.write(`${words}\n`);
  return 0;
}

function complain(lines: readonly string[], code: number): number {
  process.stderr.write(`${lines.join('\n')}\n`);
  return code;
}
