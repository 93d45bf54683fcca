import { buildAccount, type BuiltAccount } from './aws/build-account.ts';
import { SeedError, seedFile } from './aws/seed-file.ts';
import { loadSeed } from './aws/seeds/load.ts';
import { startAwsServer } from './aws/server.ts';
import { Clock } from './clock.ts';
import { CallBook } from './control/call-book.ts';
import { callRoutes } from './control/call-routes.ts';
import { Changes } from './control/changes.ts';
import { startDoor } from './control/door.ts';
import { tellTaken } from './control/listen.ts';
import { ControlError, type ControlRoute } from './control/route.ts';
import { sandboxRoutes } from './control/sandbox-routes.ts';
import { startSlack, type RunningSlack } from './slack/index.ts';

export interface SandboxOptions {
  /** 0 is any free port. Slack and the page are started only where they have one. */
  readonly ports: { readonly aws: number; readonly control: number; readonly slack?: number; readonly web?: number };
  /** Content of a seed file; the default account without it. */
  readonly seed?: unknown;
  readonly speed: number;
}

export interface RunningSandbox {
  /** 'http://127.0.0.1:PORT', no slash at the end. */
  readonly awsUrl: string;
  /** 'http://127.0.0.1:PORT/'. */
  readonly controlUrl: string;
  /** 'http://127.0.0.1:PORT/api/'. */
  readonly slackApiUrl?: string;
  /** 'http://127.0.0.1:PORT/'. */
  readonly pageUrl?: string;
  readonly book: CallBook;
  /** The present account: a reset brings another. */
  readonly account: () => BuiltAccount;
  readonly routes: () => readonly ControlRoute[];
  readonly stop: () => Promise<void>;
}

/** Starts the sandbox in this process. Throws `TakenPort` or `SeedError`; nothing then stays started. */
export async function startSandbox({ ports, speed, seed }: SandboxOptions): Promise<RunningSandbox> {
  const book = new CallBook();
  const changes = new Changes();
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    accounts.current().stop();
    book.clear();
    changes.stop();
    await Promise.all(stops.map((each) => each()));
  };
  const accounts = accountKeeper({ speed, seed, changes });
  let slack: RunningSlack | undefined;
  const reset = (newSeed: unknown, newSpeed: number | undefined): void => {
    accounts.replace(newSeed, newSpeed);
    book.clear();
    slack?.reset();
    for (const area of ['aws', 'slack', 'control'] as const) changes.tell({ area });
  };
  const general = [...callRoutes(book), ...sandboxRoutes({ account: () => accounts.current().account, seed: () => accounts.current().seed, reset })];
  const routes = (): readonly ControlRoute[] => [...general, ...accounts.current().routes, ...(slack?.control ?? [])];
  try {
    const aws = await startAwsServer({ port: ports.aws, side: accounts.current, gate: book });
    stops.push(aws.close);
    accounts.listensAt(aws.url);
    const door = await startDoor({ port: ports.control, routes, changes });
    stops.push(door.close);
    if (ports.slack !== undefined) {
      const started = await startSlack({ port: ports.slack, gate: book, clock: () => accounts.current().account.clock, changed: (change) => changes.tell(change) }).catch(tellTaken(ports.slack, 'Slack'));
      stops.push(() => started.stop());
      slack = started;
    }
    const page = ports.web === undefined ? undefined : await servePage(ports.web, door.url);
    if (page) stops.push(() => page.stop());
    return { awsUrl: aws.url, controlUrl: door.url, ...(slack ? { slackApiUrl: slack.apiUrl } : {}), ...(page ? { pageUrl: page.url } : {}), book, account: accounts.current, routes, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

/** The page brings a bundler along, which nobody else needs: loaded only here. */
async function servePage(port: number, controlUrl: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { startPage } = await import('./web/server.ts');
  return startPage({ port, controlUrl }).catch(tellTaken(port, 'the page'));
}

interface AccountKeeper {
  readonly current: () => BuiltAccount;
  replace(seed: unknown, speed: number | undefined): void;
  listensAt(url: string): void;
}

/** Keeps the present account, and makes the next. */
function accountKeeper(start: { readonly speed: number; readonly seed?: unknown; readonly changes: Changes }): AccountKeeper {
  let endpoint = '';
  const build = (seed: unknown, speed: number): BuiltAccount =>
    buildAccount({ seed: loadSeed(Date.now(), seedFile(seed)), clock: new Clock(speed), endpoint: () => endpoint, changed: (change) => start.changes.tell(change) });
  let current = playable(start.seed, () => build(start.seed, start.speed));
  return {
    current: () => current,
    listensAt(url) {
      endpoint = url;
    },
    replace(seed, speed) {
      const former = current;
      current = refusing(() => build(seed, speed ?? former.account.clock.speed));
      former.stop();
    },
  };
}

/** What is wrong with a given seed, where its form is right, shows only when the services take it up. */
function playable(seed: unknown, build: () => BuiltAccount): BuiltAccount {
  try {
    return build();
  } catch (problem) {
    if (seed === undefined || problem instanceof SeedError || !(problem instanceof Error)) throw problem;
    throw new SeedError(`The seed cannot be played: ${problem.message}`, { cause: problem });
  }
}

/** A seed that cannot be built is the requester's mistake, and leaves the account as it was. */
function refusing(build: () => BuiltAccount): BuiltAccount {
  try {
    return build();
  } catch (problem) {
    throw new ControlError(problem instanceof Error ? problem.message : String(problem));
  }
}
