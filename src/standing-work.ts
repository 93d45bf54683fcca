import type { App } from './domain/app.ts';
import type { Log, World } from './ports.ts';
import type { Handler } from './reconciler/loop.ts';
import type { SlackCalls } from './slack/calls.ts';
import { directMessages } from './slack/channels.ts';
import type { Hear } from './slack/listening/hearing.ts';
import { beginHistory, catchUp } from './slack/listening/history.ts';
import type { BotIdentity } from './slack/identity.ts';

/** Apps are discovered again this often: pipelines and environments come and go. */
const REDISCOVER_MS = 120_000;
/** Slack may drop a delivery without a word: the history is looked at now and then. */
const LOOK_BACK_MS = 300_000;
/** conversations.history may be called 50 times a minute. */
const BETWEEN_LOOKS_MS = 1_500;

/** Work that nobody asks for: discovery, the look back into the channels, the first look at pipelines. */
export interface StandingWork {
  readonly handlers: Readonly<Record<'apps' | 'history', Handler>>;
  /** Before Slack is listened to: notes the moment, and makes everything due. */
  begin(): Promise<void>;
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

/** Keys: `apps:<app>`, `history:<channel>`; `pipeline:<app>/<name>` and `baseline:<app>/<environment>` are nudged here and done by the reconciler. */
export function standingWork({ world, calls, bot, hear, log, wake }: Parts): StandingWork {
  const { store, apps, clock } = world;
  const look = catchUp({ calls, bot, store, hear, clock, log });
  const channels = (): readonly string[] => [...new Set(apps.all().map((app) => app.channel))];

  /** Also what came to be known only now: an app that failed at start, a new pipeline. */
  async function nudgeApp(app: App): Promise<void> {
    await beginHistory(store, clock, app.channel);
    for (const environment of app.environments) await store.nudge(`baseline:${app.name}/${environment.name}`, clock.now());
    for (const pipeline of app.pipelines) await store.nudge(`pipeline:${app.name}/${pipeline.name}`, clock.now());
  }

  async function lookBack(): Promise<void> {
    for (const channel of channels()) await store.nudge(`history:${channel}`, clock.now());
    wake();
  }

  async function lookBackAtDirectMessages(): Promise<void> {
    const found = await directMessages(calls);
    for (const [index, channel] of found.entries()) {
      await beginHistory(store, clock, channel);
      await store.nudge(`history:${channel}`, clock.now() + index * BETWEEN_LOOKS_MS);
    }
  }

  return {
    lookBack,
    async begin() {
      for (const app of apps.all()) await nudgeApp(app);
      await lookBack();
      await store.nudge('history:direct', clock.now());
      for (const app of apps.all()) await store.nudge(`apps:${app.name}`, clock.now() + REDISCOVER_MS);
      for (const { app } of apps.problems()) await store.nudge(`apps:${app}`, clock.now() + REDISCOVER_MS / 4);
    },
    handlers: {
      async apps(key) {
        const name = key.slice('apps:'.length);
        await apps.refresh(name);
        const app = apps.all().find((one) => one.name === name);
        if (app) await nudgeApp(app);
        if (apps.problems().some((one) => one.app === name)) return clock.now() + REDISCOVER_MS / 4;
        return app && clock.now() + REDISCOVER_MS;
      },
      async history(key) {
        const channel = key.slice('history:'.length);
        if (channel === 'direct') {
          await lookBackAtDirectMessages();
          return undefined;
        }
        await look(channel);
        return channels().includes(channel) ? clock.now() + LOOK_BACK_MS : undefined;
      },
    },
  };
}
