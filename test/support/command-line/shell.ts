import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCall, picked, type Call } from './call.ts';

/** What a shell script ended with. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Shell {
  /** Runs lines in a bash in which `aws` is on the path. */
  run(script: string): Promise<Ended>;
  stop(): Promise<void>;
}

type Ask = (service: string, operation: string, input: object) => Promise<object>;

/** A bash with a stand-in for AWS's command line: the arguments as the shell passes them, then AWS's own SDK. */
export async function shellWithStandIn(ask: Ask): Promise<Shell> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      void answer(JSON.parse(Buffer.concat(parts).toString()) as readonly string[], ask).then((ended) => response.end(JSON.stringify(ended)));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const folder = mkdtempSync(join(tmpdir(), 'aws-command-line-'));
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  writeFileSync(join(folder, 'ask.mjs'), `const ended = await (await fetch('${url}', { method: 'POST', body: JSON.stringify(process.argv.slice(2)) })).json();\nprocess.stdout.write(ended.out);\nprocess.stderr.write(ended.err);\nprocess.exitCode = ended.code;\n`);
  writeFileSync(join(folder, 'aws'), `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'ask.mjs')}' "$@"\n`, { mode: 0o755 });
  return {
    run: (script) => bash(script, { PATH: `${folder}:${process.env['PATH'] ?? ''}` }),
    async stop() {
      await new Promise((resolve) => { server.close(resolve); });
      rmSync(folder, { recursive: true });
    },
  };
}

/** A bash with these variables besides its own. */
export function bash(script: string, variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
  // A start-up file (read when the input is a socket, as here) could put another `aws` first on the path.
  const { BASH_ENV: _startUp, ...own } = process.env;
  return new Promise((resolve) => {
    execFile('bash', ['--noprofile', '--norc', '-c', script], { env: { ...own, ...variables } }, (error, out, err) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, out, err });
    });
  });
}

async function answer(args: readonly string[], ask: Ask): Promise<Ended> {
  try {
    const call = parseCall(args);
    const said = await (call.waiter === undefined ? ask(call.service, call.operation, call.input) : waitFor(call, ask));
    return { code: 0, out: call.waiter === undefined ? shown(call, picked(call.query, limited(call, said))) : '', err: '' };
  } catch (problem) {
    const { name, message } = problem as Error;
    return { code: 254, out: '', err: `${name}: ${message}\n` };
  }
}

/** Asks until the environment is Ready, for some seconds at most. */
async function waitFor(call: Call, ask: Ask): Promise<object> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const { Environments } = (await ask(call.service, call.operation, call.input)) as { readonly Environments?: readonly { readonly Status?: string }[] };
    if (Environments?.every((one) => one.Status === 'Ready')) return {};
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error('the waiter gave up');
}

function limited({ mostItems }: Call, said: object): object {
  if (mostItems === undefined) return said;
  return Object.fromEntries(Object.entries(said).map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? value.slice(0, mostItems) : value]));
}

function shown({ output }: Call, value: unknown): string {
  if (output !== 'text') return `${JSON.stringify(value, undefined, 1)}\n`;
  const rows = Array.isArray(value) ? value : [value];
  return `${rows.map((row: unknown) => (Array.isArray(row) ? row : [row]).map((cell: unknown) => (typeof cell === 'string' ? cell : cell === null ? 'None' : JSON.stringify(cell))).join('\t')).join('\n')}\n`;
}
