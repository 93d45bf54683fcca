import type { App } from './domain/app.ts';
import type { Log, World } from './ports.ts';
import type { Handler } from './reconciler/loop.ts';
import type { SlackCalls } from './slack/calls.ts';
import { directMessages } from './slack/channels.ts';
import type { Hear } from './slack/listening/hearing.ts';
import { beginHistory, catchUp } from './slack/listening/history.ts';
import type { BotIdentity } from './slack/identity.ts';

/** Apps that failed are discovered again at every turn, the others at every fourth: pipelines and environments come and go. */
const REDISCOVER_MS = 30_000;
/** Slack may drop a delivery without a word: the history is looked at now and then. */
const LOOK_BACK_MS = 300_000;
/** conversations.history may be called 50 times a minute. */
const BETWEEN_LOOKS_MS = 1_500;

/** Work that nobody asks for: discovery, the look back into the channels, the first look at pipelines. */
export interface StandingWork {
  readonly handlers: Readonly<Record<'apps' | 'history', Handler>>;
  /** Before Slack is listened to: notes the moment, and makes everything due. */
  begin(): Promise<void>;
  stop(): void;
  /** Jack was deaf for a while: all channels are looked at again. */
  lookBack(): Promise<void>;
}

interface Parts {
  readonly world: World;
  readonly calls: SlackCalls;
  readonly bot: BotIdentity;
  readonly hear: Hear;
  readonly log: Log;
  readonly wake: () => void;
}

/** Keys: `apps:<app>`, `history:<channel>`; `pipeline:<app>/<name>`, `baseline:<app>/<environment>`, `barriers:<app>/<environment>`, `alive:<app>`, `digest:<app>` and `notes:old` are nudged here and done by the reconciler. */
export function standingWork(parts: Parts): StandingWork {
  const { store } = parts.world;
  const history = lookingBack(parts);
  const discovery = discovering(parts);
  return {
    lookBack: () => history.lookBack(),
    stop: () => discovery.stop(),
    async begin() {
      await discovery.nudgeAll();
      await history.lookBack();
      await store.nudge('history:direct', parts.world.clock.now());
      await store.nudge('notes:old', parts.world.clock.now());
      discovery.start();
    },
    handlers: {
      async apps(key) {
        await discovery.discoverAgain(key.slice('apps:'.length));
        return undefined;
      },
      async history(key) {
        const channel = key.slice('history:'.length);
        if (channel === 'direct') {
          await history.lookBackAtDirectMessages();
          return undefined;
        }
        await history.look(channel);
        return history.isChannel(channel) ? parts.world.clock.now() + LOOK_BACK_MS : undefined;
      },
    },
  };
}

/** The channels' history: what was said while Jack was deaf. */
function lookingBack({ world: { store, apps, clock }, calls, bot, hear, log, wake }: Parts) {
  const channels = (): readonly string[] => [...new Set(apps.all().map((app) => app.channel))];
  return {
    look: catchUp({ calls, bot, store, hear, clock, log }),
    isChannel: (channel: string): boolean => channels().includes(channel),
    async lookBack(): Promise<void> {
      for (const channel of channels()) await store.nudge(`history:${channel}`, clock.now());
      wake();
    },
    async lookBackAtDirectMessages(): Promise<void> {
      const found = await directMessages(calls);
      for (const [index, channel] of found.entries()) {
        await beginHistory(store, clock, channel);
        await store.nudge(`history:${channel}`, clock.now() + index * BETWEEN_LOOKS_MS);
      }
    },
  };
}

/** Looking at AWS again: each process knows the apps by itself, so this is no due work, of which one process does each piece. */
function discovering({ world: { store, apps, clock }, log }: Parts) {
  let timer: NodeJS.Timeout | undefined;
  let turns = 0;

  /** Also what came to be known only now: an app that failed at start, a new pipeline. */
  async function nudgeApp(app: App): Promise<void> {
    await beginHistory(store, clock, app.channel);
    await store.nudge(`alive:${app.name}`, clock.now());
    await store.nudge(`digest:${app.name}`, clock.now());
    for (const environment of app.environments) {
      await store.nudge(`baseline:${app.name}/${environment.name}`, clock.now());
      await store.nudge(`barriers:${app.name}/${environment.name}`, clock.now());
    }
    for (const pipeline of app.pipelines) await store.nudge(`pipeline:${app.name}/${pipeline.name}`, clock.now());
  }

  async function discoverAgain(name: string): Promise<void> {
    await apps.refresh(name);
    const app = apps.all().find((one) => one.name === name);
    if (app) await nudgeApp(app);
  }

  async function turn(count: number): Promise<void> {
    const failing = apps.problems().map(({ app }) => app);
    const names = new Set([...failing, ...(count % 4 === 0 ? apps.all().map((app) => app.name) : [])]);
    for (const name of names) await discoverAgain(name);
  }

  return {
    discoverAgain,
    stop: (): void => clearInterval(timer),
    async nudgeAll(): Promise<void> {
      for (const app of apps.all()) await nudgeApp(app);
    },
    start(): void {
      timer = setInterval(() => {
        turns += 1;
        turn(turns).catch((error: unknown) => log.error({ err: error }, 'the apps could not be discovered again'));
      }, REDISCOVER_MS);
    },
  };
}
