import { SocketModeReceiver, type App, type Receiver } from '@slack/bolt';
import { Fault } from '../../domain/faults.ts';
import type { Clock, Log } from '../../ports.ts';
import { quietLogger } from '../quiet-logger.ts';

/**
 * How long a peer may take for a pong, and how long the client waits before it reconnects (socket-mode 3.1 uses one
 * setting for both). While one socket is recycled the other one listens.
 */
const PING_TIMEOUT_MS = 2_000;
const START_TIMEOUT_MS = 12_000;
/** A socket that has been down for longer is replaced: socket-mode 3.1 gives up for good when a reconnect throws. */
const REPLACE_AFTER_MS = 20_000;
const WATCH_EVERY_MS = 1_000;
/** Slack keeps the TCP connection open for seconds after the goodbye. */
const GOODBYE_MS = 1_000;

export interface SocketSettings {
  readonly appToken: string;
  readonly slackApiUrl?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when Jack can hear again, after a time in which no socket was up. */
  readonly onHearingAgain: () => void;
}

/** One of the two connections. */
interface Socket {
  receiver: SocketModeReceiver;
  up: boolean;
  /** Since when it is down. */
  since: number;
}

/** Two sockets of one app: Slack sends each payload to one of those that are open, so a recycle loses nothing. */
export function socketsReceiver(settings: SocketSettings): Receiver & { isUp(): boolean } {
  const { log, clock } = settings;
  const sockets: Socket[] = [];
  let app: App | undefined;
  let watch: NodeJS.Timeout | undefined;
  let wasDeaf = false;

  const isUp = (): boolean => sockets.some((socket) => socket.up);

  function open(socket: Socket): Promise<unknown> {
    const { receiver } = socket;
    if (app) receiver.init(app);
    receiver.client.on('connected', () => {
      if (socket.receiver !== receiver) return;
      socket.up = true;
      if (wasDeaf) settings.onHearingAgain();
      wasDeaf = false;
    });
    const down = (): void => {
      if (socket.receiver !== receiver || !socket.up) return;
      Object.assign(socket, { up: false, since: clock.now() });
      wasDeaf ||= !isUp();
      log.info({ deaf: !isUp() }, 'a Slack socket went down');
    };
    for (const event of ['close', 'disconnected', 'reconnecting'] as const) receiver.client.on(event, down);
    return receiver.client.start();
  }

  function add(): Promise<unknown> {
    const socket = { receiver: newReceiver(settings), up: false, since: clock.now() };
    sockets.push(socket);
    return open(socket);
  }

  function replaceDead(): void {
    for (const socket of sockets) {
      if (socket.up || clock.now() - socket.since < REPLACE_AFTER_MS) continue;
      log.warn({}, 'a Slack socket stayed down and is replaced');
      void goodbye(socket.receiver, log);
      Object.assign(socket, { receiver: newReceiver(settings), since: clock.now() });
      open(socket).catch((error: unknown) => log.warn({ error: String(error) }, 'a Slack socket could not be opened'));
    }
  }

  return {
    isUp,
    init: (behind) => void (app = behind),
    async start() {
      await inTime(add());
      add().catch((error: unknown) => log.warn({ error: String(error) }, 'the second Slack socket could not be opened'));
      watch = setInterval(replaceDead, WATCH_EVERY_MS);
    },
    async stop() {
      clearInterval(watch);
      await Promise.all(sockets.map((socket) => goodbye(socket.receiver, log)));
    },
  };
}

/** Its client options are its own: the socket client writes into them, and shared ones would spoil the other clients' retries. */
function newReceiver({ appToken, slackApiUrl, log }: SocketSettings): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    clientPingTimeout: PING_TIMEOUT_MS,
    installerOptions: { clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl } },
  });
}

async function inTime(start: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Fault('Slack opened no socket in time: check that the network lets WebSockets (wss) out', { retryable: true })), START_TIMEOUT_MS);
  });
  try {
    await Promise.race([start, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function goodbye(receiver: SocketModeReceiver, log: Log): Promise<void> {
  const gone = receiver.client.disconnect().catch((error: unknown) => log.info({ error: String(error) }, 'a Slack socket did not close well'));
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))]);
}
