import { buildAccount, type BuiltAccount } from './aws/build-account.ts';
import { seedFile } from './aws/seed-file.ts';
import { loadSeed } from './aws/seeds/load.ts';
import { startAwsServer } from './aws/server.ts';
import { Clock } from './clock.ts';
import { CallBook } from './control/call-book.ts';
import { callRoutes } from './control/call-routes.ts';
import { Changes } from './control/changes.ts';
import { startDoor } from './control/door.ts';
import type { Listening } from './control/listen.ts';
import { ControlError, type ControlRoute } from './control/route.ts';
import { sandboxRoutes } from './control/sandbox-routes.ts';

export interface SandboxOptions {
  /** 0 is any free port. */
  readonly ports: { readonly aws: number; readonly control: number };
  /** Content of a seed file; the default account without it. */
  readonly seed?: unknown;
  readonly speed: number;
}

export interface RunningSandbox {
  /** 'http://127.0.0.1:PORT', no slash at the end. */
  readonly awsUrl: string;
  /** 'http://127.0.0.1:PORT/'. */
  readonly controlUrl: string;
  readonly book: CallBook;
  readonly changes: Changes;
  /** The present account: a reset brings another. */
  account(): BuiltAccount;
  routes(): readonly ControlRoute[];
  stop(): Promise<void>;
}

/** Starts the account and the control door in this process. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const book = new CallBook();
  const changes = new Changes();
  let endpoint = '';
  let speed = options.speed;
  let seed = options.seed;
  const build = (): BuiltAccount => buildAccount({ seed: loadSeed(Date.now(), seedFile(seed)), clock: new Clock(speed), endpoint: () => endpoint, changed: (change) => changes.tell(change) });
  let current = build();
  const reset = (newSeed: unknown, newSpeed: number | undefined): void => {
    speed = newSpeed ?? current.account.clock.speed;
    seed = newSeed;
    const former = current;
    current = rebuilt(build);
    former.stop();
    book.clear();
    for (const area of ['aws', 'slack', 'control'] as const) changes.tell({ area });
  };
  const routes = (): readonly ControlRoute[] => [...callRoutes(book), ...sandboxRoutes({ account: () => current.account, seed: () => current.seed, reset }), ...current.routes];
  const aws = await startAwsServer({ port: options.ports.aws, side: () => current, gate: book });
  endpoint = aws.url;
  const door = await startDoor({ port: options.ports.control, routes, changes }).catch(closing([aws]));
  return {
    awsUrl: aws.url,
    controlUrl: door.url,
    book,
    changes,
    account: () => current,
    routes,
    async stop() {
      current.stop();
      book.clear();
      changes.stop();
      await Promise.all([aws.close(), door.close()]);
    },
  };
}

/** A seed that cannot be built is the requester's mistake, and leaves the account as it was. */
function rebuilt(build: () => BuiltAccount): BuiltAccount {
  try {
    return build();
  } catch (problem) {
    throw new ControlError(problem instanceof Error ? problem.message : String(problem));
  }
}

/** When a later server cannot start, those before it must not stay. */
function closing(started: readonly Listening[]): (problem: unknown) => Promise<never> {
  return async (problem) => {
    await Promise.all(started.map((server) => server.close()));
    throw problem;
  };
}
