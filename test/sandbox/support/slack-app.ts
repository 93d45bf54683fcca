import { App, SocketModeReceiver } from '@slack/bolt';
import { APP_TOKEN, BOT_TOKEN, silent } from './slack-workspace.ts';

export interface SocketApp {
  readonly app: App;
  readonly receivers: readonly SocketModeReceiver[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Bolt app over `sockets` real sockets, with clients that do not repeat calls. */
export async function socketApp(apiUrl: string, sockets = 1): Promise<SocketApp> {
  const receivers = Array.from({ length: sockets }, () => new SocketModeReceiver({ appToken: APP_TOKEN, logger: silent, clientPingTimeout: 200, installerOptions: { clientOptions: { slackApiUrl: apiUrl } } }));
  const [first, ...more] = receivers;
  if (first === undefined) throw new Error('at least one socket');
  const app = new App({ token: BOT_TOKEN, receiver: first, logger: silent, deferInitialization: true, convoStore: false, clientOptions: { slackApiUrl: apiUrl, timeout: 5000, retryConfig: { retries: 0 } } });
  await app.init();
  for (const receiver of more) receiver.init(app);
  return {
    app,
    receivers,
    start: async () => {
      for (const receiver of receivers) await receiver.start();
    },
    stop: async () => {
      await Promise.all(receivers.map((receiver) => receiver.client.disconnect()));
    },
  };
}
