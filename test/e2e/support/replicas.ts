import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from './door.ts';
import { startChild, type Child } from './long-child.ts';
import type { Stage } from './stage.ts';

/** Processes beside the stage's own bot, on the same PostgreSQL. The stage has to be given the same DATABASE_URL. */
export class Replicas {
  readonly #stage: Stage;
  readonly #url: string;
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'jack-replicas-'));
  #alive: readonly Child[] = [];

  constructor(stage: Stage, url: string, program: string) {
    this.#stage = stage;
    this.#url = url;
    this.#program = program;
  }

  /** The stage's bot and another one. */
  async begin(config = this.#stage.options.config ?? ''): Promise<void> {
    await this.#stage.begin(config);
    writeFileSync(join(this.#folder, 'jack.yml'), config);
    this.#alive = [this.#stage.bot];
    await this.startAnother();
  }

  async startAnother(): Promise<void> {
    const bot = startChild([this.#program], { ...this.#stage.addresses.env, JACK_CONFIG: join(this.#folder, 'jack.yml'), DATABASE_URL: this.#url, JACK_POLL_FAST_MS: '150', JACK_POLL_SLOW_MS: '300' });
    this.#alive = [...this.#alive, bot];
    await bot.line((line) => line.includes('"Jack is ready"'), 30_000);
  }

  /** `kill -9` for the one that holds such work ('release:', 'barriers:'), and answers how long the other took to be free to go on. Milliseconds. */
  async killTheOneThatWorks(prefix: string): Promise<{ readonly pid: number; readonly takenOver: () => Promise<number> }> {
    const pid = await until('somebody to work', async () => pidOf((await this.#owners(prefix))[0]));
    const victim = this.#alive.find((child) => child.process.pid === pid);
    if (!victim) throw new Error(`${pid} works and is no process of this test`);
    this.#alive = this.#alive.filter((child) => child !== victim);
    await victim.kill();
    const killedAt = Date.now();
    const takenOver = async (): Promise<number> => {
      await until('the survivor to take over', async () => ((await this.#owners(prefix)).every((owner) => pidOf(owner) !== pid) ? true : undefined), 40_000, 20);
      return Date.now() - killedAt;
    };
    return { pid, takenOver };
  }

  /** The processes that do such work at this moment, one for each piece. */
  async busyWith(prefix: string): Promise<readonly (number | undefined)[]> {
    return (await this.#owners(prefix, true)).map(pidOf);
  }

  async end(): Promise<void> {
    await Promise.all(this.#alive.map((child) => child.kill()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Who holds what, such work first. */
  async #owners(prefix: string, alone = false): Promise<readonly string[]> {
    const client = new Client({ connectionString: this.#url });
    await client.connect();
    try {
      const { rows } = await client.query<{ owner: string; isSuch: boolean }>(`select owner, starts_with(key, $1) as "isSuch" from due_work where owner is not null order by starts_with(key, $1) desc, key`, [prefix]);
      return rows.filter(({ isSuch }) => isSuch || !alone).map((row) => row.owner);
    } finally {
      await client.end();
    }
  }
}

/** Owners are named 'jack-<pid>-<something>'. */
function pidOf(owner: string | undefined): number | undefined {
  return owner === undefined ? undefined : Number(owner.split('-')[1]);
}
