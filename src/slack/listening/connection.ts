import { App, type Receiver } from '@slack/bolt';
import type { Log } from '../../ports.ts';
import { front } from './front.ts';
import type { Hear } from './hearing.ts';
import { httpReceiver, type HttpSettings } from './http-door.ts';
import type { BotIdentity } from '../identity.ts';
import { listen, type Ears } from './listeners.ts';
import { quietLogger } from '../quiet-logger.ts';
import { saidByMessage } from './said.ts';
import { socketsReceiver, type SocketsSettings } from './sockets.ts';

/** How Slack reaches Jack. */
export type Way = ({ readonly kind: 'socket' } & SocketsSettings) | ({ readonly kind: 'http' } & HttpSettings);

export interface Connection {
  /** Throws a fault whose message is one sentence that says what to do. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether Slack can reach Jack now. */
  isUp(): boolean;
}

interface Settings {
  readonly token: string;
  readonly slackApiUrl?: string;
  readonly bot: BotIdentity;
  readonly ears: Ears;
  readonly log: Log;
}

/** Joins Bolt, the way in and the listeners. Nothing is opened before `start`. */
export function connection(way: Way, settings: Settings): Connection {
  const receiver = way.kind === 'socket' ? socketsReceiver(way) : httpReceiver(way);
  const app = boltApp(front(receiver, mentions(settings.ears.hear, settings.bot)), settings);
  listen(app, settings.ears);
  return {
    start: async () => void (await receiver.start()),
    stop: async () => void (await receiver.stop()),
    isUp: () => receiver.isUp(),
  };
}

/** With the bot's ids given Bolt asks Slack nothing at start; its own client is never used by Jack. */
export function boltApp(receiver: Receiver, { token, slackApiUrl, bot, log }: Omit<Settings, 'ears'>): App {
  const app = new App({
    token,
    botId: bot.botId,
    botUserId: bot.botUserId,
    receiver,
    logger: quietLogger(log),
    convoStore: false,
    clientOptions: { ...(slackApiUrl !== undefined && { slackApiUrl }), timeout: 10_000, retryConfig: { retries: 2, factor: 2, minTimeout: 500 } },
  });
  app.error(async (error) => log.error({ err: error }, 'a listener broke'));
  return app;
}

/** False: it could not be recorded, so it must not be acked. */
function mentions(hear: Hear, bot: BotIdentity) {
  return async (event: Parameters<typeof saidByMessage>[0]): Promise<boolean> => {
    const said = saidByMessage(event, bot.botUserId);
    return said === undefined || (await hear(said)).kind !== 'failed';
  };
}
