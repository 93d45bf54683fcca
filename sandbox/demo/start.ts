import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { demoConfiguration } from './jack-yml.ts';
import { startChild, type Child } from './child.ts';
import { DemoProblem, type DemoOptions } from './options.ts';

/** What the sandbox prints when it is ready. */
export interface Addresses {
  readonly pageUrl: string;
  readonly controlUrl: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Demo {
  readonly addresses: Addresses;
  /** Of the bot's configuration, data and log. Gone when the demo stops. */
  readonly folder: string;
  /** Resolves with a sentence when the sandbox or the bot ends without being asked to. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the sandbox and the bot, each a process of its own. Throws `DemoProblem`, with nothing left running. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'jack-demo-'));
  const children: { readonly name: string; readonly child: Child }[] = [];
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    // The bot first: it must not see its Slack and AWS go.
    for (const { child } of children.toReversed()) await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const sandbox = startChild('sandbox/main.ts', ['--web', String(options.port), '--speed', String(options.speed)], { env: process.env, cwd: folder });
    children.push({ name: 'sandbox', child: sandbox });
    const addresses = await readAddresses(sandbox);
    if (options.bot) {
      const bot = await startBot(addresses, folder);
      children.push({ name: 'bot', child: bot });
      await waitForBot(bot, addresses);
    }
    const broken = Promise.race(children.map(async ({ name, child }) => tellEnd(name, await child.ended, child, folder)));
    return { addresses, folder, stop, broken: new Promise((resolve) => void broken.then((sentence) => stopping || resolve(sentence))) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readAddresses(sandbox: Child): Promise<Addresses> {
  const { stdout } = sandbox.process;
  if (!stdout) throw new DemoProblem('The sandbox has no output.');
  const lines = createInterface({ input: stdout });
  const line = new Promise<string>((resolve) => lines.once('line', resolve));
  const first = await Promise.race([line, sandbox.ended]);
  if (typeof first === 'string' && first.startsWith('{')) return JSON.parse(first) as Addresses;
  const words = sandbox.lastWords();
  const advice = /taken|EADDRINUSE|in use/i.test(words) ? ' For any free one: npm run demo -- --port 0' : '';
  throw new DemoProblem(`The sandbox did not start. ${words}${advice}`);
}

async function startBot({ env }: Addresses, folder: string): Promise<Child> {
  const config = join(folder, 'jack.yml');
  await writeFile(config, demoConfiguration);
  const settings = { JACK_CONFIG: config, JACK_DATA: join(folder, 'data'), JACK_POLL_FAST_MS: '500', JACK_POLL_SLOW_MS: '2000' };
  const bot = startChild('src/main.ts', [], { env: { ...withoutOwn(process.env), ...env, ...settings }, cwd: folder });
  const log = createWriteStream(join(folder, 'jack.log'));
  for (const stream of [bot.process.stdout, bot.process.stderr]) stream?.pipe(log, { end: false });
  void bot.ended.then(() => log.end());
  return bot;
}

/** The person's own AWS and Slack settings stay out of the demo: it must never reach anything real. */
function withoutOwn(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:AWS_|SLACK_|JACK_|DATABASE_URL$|PORT$)/.test(name)));
}

const READY_MS = 30_000;
const PAUSE_MS = 100;

/** The bot is there once Slack has a socket of it. */
async function waitForBot(bot: Child, { controlUrl }: Addresses): Promise<void> {
  const until = Date.now() + READY_MS;
  let code: number | string | undefined;
  void bot.ended.then((ended) => {
    code = ended;
  });
  while (Date.now() < until) {
    if (code !== undefined) throw new DemoProblem(`The bot ended at its start (${code}).\n${bot.lastWords()}`);
    const { sockets } = (await (await fetch(new URL('slack/connections', controlUrl))).json()) as { sockets?: number };
    if ((sockets ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new DemoProblem(`The bot did not connect to the sandbox's Slack within ${READY_MS / 1000} seconds.\n${bot.lastWords()}`);
}

function tellEnd(name: string, code: number | string, child: Child, folder: string): string {
  const words = child.lastWords();
  return `The ${name} ended (${code}) and is not started again.${words === '' ? '' : `\n${words}`}\nIts log is in ${folder}. Ctrl-C ends the demo.`;
}
