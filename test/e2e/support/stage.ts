import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, type Child } from './long-child.ts';
import { Door, until } from './door.ts';
import { Person } from './person.ts';
import { writeTranscript, type Line } from './transcript.ts';

export interface Addresses {
  readonly slackApiUrl: string;
  readonly awsEndpointUrl: string;
  readonly controlUrl: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface StageOptions {
  /** How many times faster than AWS. */
  readonly speed?: number;
  /** jack.yml; the demo's by default. */
  readonly config?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What Node runs as the bot; src/main.ts by default. */
  readonly program?: string;
}

export const CONFIG = `
apps:
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { owners: [U0OLIVE001], contributors: [U0ADA00001, U0GRACE001, U0LINUS001] }
    environments:
      dev: { verify: 1s }
      prod: { approval: { from: [S0APPROVE1, U0OLIVE001], count: 1, expires: 4h }, verify: 1s }
  - name: api
    channel: C0API00001
    region: us-east-1
    people: { owners: [U0OLIVE001], contributors: [U0ADA00001] }
    environments:
      staging: { verify: 1s }
      prod: { approval: { from: [U0GRACE001], count: 1 }, verify: 1s }
`;

/** A sandbox and the real bot, each a process of its own, and the people who talk to it. */
export class Stage {
  readonly door: Door;
  readonly addresses: Addresses;
  readonly options: StageOptions;
  readonly lines: Line[] = [];
  readonly #sandbox: Child;
  #bot: Child | undefined;
  #data: string;

  private constructor(sandbox: Child, addresses: Addresses, options: StageOptions) {
    this.#sandbox = sandbox;
    this.addresses = addresses;
    this.options = options;
    this.door = new Door(addresses.controlUrl);
    this.#data = mkdtempSync(join(tmpdir(), 'jack-e2e-'));
  }

  /** Starts the sandbox; `enter` starts the bot. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const sandbox = startChild(['sandbox/main.ts', '--speed', String(options.speed ?? 150)], {});
    const line = await sandbox.line((one) => one.startsWith('{') && one.includes('controlUrl'), 30_000);
    return new Stage(sandbox, JSON.parse(line) as Addresses, options);
  }

  /** A new workspace, a new account, a new data folder; then the bot. */
  async begin(config = this.options.config ?? CONFIG, seed?: object): Promise<void> {
    await this.killBot();
    await this.door.post('/reset', { speed: this.options.speed ?? 150, ...(seed && { seed }) });
    await this.door.post('/slack/ratelimit', { on: false });
    rmSync(this.#data, { recursive: true, force: true });
    this.#data = mkdtempSync(join(tmpdir(), 'jack-e2e-'));
    this.lines.length = 0;
    writeFileSync(join(this.#data, 'jack.yml'), config);
    await this.startBot();
  }

  /** Changes jack.yml under the running bot, and waits until it is used. */
  async configure(config: string): Promise<void> {
    writeFileSync(join(this.#data, 'jack.yml'), config);
    await this.bot.line((line) => line.includes('the configuration was read again'), 15_000);
  }

  /** `more`: for this start alone. */
  async startBot(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const bot = startChild([this.options.program ?? 'src/main.ts'], {
      ...this.addresses.env,
      JACK_CONFIG: join(this.#data, 'jack.yml'),
      JACK_DATA: join(this.#data, 'data'),
      JACK_POLL_FAST_MS: '150',
      JACK_POLL_SLOW_MS: '300',
      ...this.options.env,
      ...more,
    });
    await bot.line((line) => line.includes('"Jack is ready"'), 30_000);
    this.#bot = bot;
  }

  /** The bot's JACK_DATA. */
  get dataFolder(): string {
    return join(this.#data, 'data');
  }

  get bot(): Child {
    if (!this.#bot) throw new Error('the bot is not running');
    return this.#bot;
  }

  /** `kill -9`. */
  async killBot(): Promise<void> {
    await this.#bot?.kill();
    this.#bot = undefined;
  }

  /** `kill -9`, and a new process on the same data. */
  async restartBot(): Promise<void> {
    await this.killBot();
    await this.startBot();
  }

  /** Waits until the bot runs: people try again when Slack says that it did not answer. */
  async whileUp(): Promise<void> {
    await until('the bot to run', () => (this.#bot ? true : undefined), 30_000, 20);
  }

  person(name: string): Person {
    return new Person(name, this);
  }

  /** Waits until the release's headline in the channel says this. */
  async headline(channel: string, says: string | RegExp, ms?: number): Promise<string> {
    const olive = this.person('olive');
    return until(async () => `a headline that says ${String(says)} in #${channel}:\n${await olive.overhears(channel)}`, async () => {
      const texts = await olive.readsChannel(channel);
      return texts.find((text) => (typeof says === 'string' ? text.includes(says) : says.test(text)));
    }, ms);
  }

  /** Waits until nothing changes any more in the channel: what was in flight has been said. */
  async settle(channel: string, quietMs = 700): Promise<void> {
    let before = '';
    let since = Date.now();
    await until(`#${channel} to come to rest`, async () => {
      const now = await writeTranscript(this, channel);
      if (now !== before) {
        before = now;
        since = Date.now();
      }
      return Date.now() - since > quietMs ? true : undefined;
    }, 30_000, 120);
  }

  /** The story as chat: people's words and what everyone sees in the end, with times and ids made equal. */
  async transcript(channel: string): Promise<string> {
    await this.settle(channel);
    return writeTranscript(this, channel);
  }

  /** What everyone sees in the end; private answers are best effort and left out. */
  async threads(channel: string, quietMs?: number): Promise<string> {
    await this.settle(channel, quietMs);
    return writeTranscript(this, channel, false);
  }

  async close(): Promise<void> {
    await this.killBot();
    await this.#sandbox.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
