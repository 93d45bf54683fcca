import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Answer } from './aws-sandbox.ts';
import { comparable } from './same-answer.ts';
import { rows, type Row, type World } from './client-rows.ts';

/** One read of each dialect that the command line speaks: rpc-v2-cbor, JSON, query and S3's. */
const wanted = ['cloudwatch DescribeAlarms', 'codepipeline GetPipelineState', 'elasticbeanstalk DescribeEnvironments', 's3 HeadObject'];

/** Rows for the `aws` command line, where this machine has it; it is one client more, not one that is needed. */
export const cliRows: readonly (readonly [string, Row])[] = hasCli() ? rows.map((row) => [`${row.service} ${row.operation}`, row] as const).filter(([name]) => wanted.includes(name)) : [];

function hasCli(): boolean {
  try {
    return execFileSync('aws', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).startsWith('aws-cli');
  } catch (problem) {
    if (problem instanceof Error || (typeof problem === 'object' && problem !== null && 'code' in problem)) return false;
    throw problem;
  }
}

/** What the newest SDK says, and what the command line reads, both without dates: each prints those its own way. */
export async function readWithCli(row: Row, world: World): Promise<{ readonly said: Answer; readonly read: Answer }> {
  const input = typeof row.input === 'function' ? await row.input(world) : row.input;
  const said = withoutDates(await world.ask(row.service, row.operation, input));
  const { credentials, endpoint, region } = world.aws.config;
  const command = row.operation.replace(/[A-Z]/g, (letter, at) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`);
  const { stdout } = await promisify(execFile)('aws', [row.service === 's3' ? 's3api' : row.service, command, '--cli-input-json', JSON.stringify(input), '--endpoint-url', endpoint, '--output', 'json'], {
    env: { ...process.env, AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey, AWS_DEFAULT_REGION: region, AWS_PAGER: '' },
  });
  return { said: comparable(said.value), read: comparable(only(JSON.parse(stdout), said.dates)) };
}

function withoutDates(value: Answer): { readonly value: Answer; readonly dates: ReadonlySet<string> } {
  const dates = new Set<string>();
  collect(value, dates);
  return { value: only(value, dates), dates };
}

function collect(value: Answer, dates: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  for (const [name, item] of Object.entries(value)) {
    if (item instanceof Date) dates.add(name);
    else collect(item, dates);
  }
}

function only(value: Answer, dates: ReadonlySet<string>): Answer {
  if (Array.isArray(value)) return value.map((item) => only(item, dates));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !dates.has(name)).map(([name, item]) => [name, only(item, dates)]));
}
