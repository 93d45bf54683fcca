import { SocketModeReceiver, type App } from '@slack/bolt';
import { Fault } from '../../domain/faults.ts';
import type { Log } from '../../ports.ts';
import { quietLogger } from '../quiet-logger.ts';

/** A peer that does not answer a ping for so long is gone. */
const PONG_TIMEOUT_MS = 5_000;
/** From the wish for a socket to Slack's hello. */
const HELLO_TIMEOUT_MS = 12_000;
/** Slack keeps the TCP connection open for seconds after the goodbye. */
const GOODBYE_MS = 1_000;
/** A socket that closes silently is noticed this soon. */
const LOOK_EVERY_MS = 1_000;

export interface SocketSettings {
  readonly appToken: string;
  /** Absent: Slack's own. */
  readonly slackApiUrl?: string;
  readonly log: Log;
}

/** One socket, from its hello to its end. */
export interface Socket {
  close(): Promise<void>;
}

/**
 * Opens one socket for the app; `onGone` is called once, when it can be heard through no more. It never comes back by
 * itself: socket-mode 3.1 reconnects only seconds later, and throws where nobody can catch it when that fails.
 * Throws a fault when Slack does not open it in time.
 */
export async function openSocket(app: App, settings: SocketSettings, onGone: () => void): Promise<Socket> {
  const receiver = newReceiver(settings);
  const { client } = receiver;
  receiver.init(app);
  await hello(receiver, settings.log);
  const watch = setInterval(() => {
    if (client.websocket?.isActive() !== true) gone();
  }, LOOK_EVERY_MS);
  let isGone = false;
  function gone(): void {
    if (isGone) return;
    isGone = true;
    clearInterval(watch);
    onGone();
  }
  client.on('close', gone);
  client.on('disconnected', gone);
  client.on('ws_message', (frame: unknown) => {
    if (isGoodbye(frame)) gone();
  });
  return {
    close() {
      isGone = true;
      clearInterval(watch);
      return goodbye(receiver, settings.log);
    },
  };
}

/**
 * Its client options are its own: the socket client writes into them, and shared ones would spoil the other clients.
 * Without a `retryConfig` of its own one look for an address would be repeated a hundred times.
 */
function newReceiver({ appToken, slackApiUrl, log }: SocketSettings): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    clientPingTimeout: PONG_TIMEOUT_MS,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...(slackApiUrl !== undefined && { slackApiUrl }), timeout: HELLO_TIMEOUT_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true } },
  });
}

async function hello(receiver: SocketModeReceiver, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no hello within ${HELLO_TIMEOUT_MS / 1000} s`)), HELLO_TIMEOUT_MS);
  });
  try {
    await Promise.race([receiver.client.start(), late]);
  } catch (error) {
    void goodbye(receiver, log);
    const reason = error instanceof Error ? error.message : 'it was closed at once';
    throw new Fault(`Slack opened no socket (${reason}): check that the network lets WebSockets (wss) out`, { cause: error, retryable: true });
  } finally {
    clearTimeout(timer);
  }
}

/** Slack announces that it closes this socket: `{"type":"disconnect","reason":"refresh_requested"}`. */
function isGoodbye(frame: unknown): boolean {
  return typeof frame === 'string' && /^\s*\{\s*"type"\s*:\s*"disconnect"/.test(frame);
}

async function goodbye(receiver: SocketModeReceiver, log: Log): Promise<void> {
  const closed = receiver.client.disconnect().catch((error: unknown) => log.info({ error: String(error) }, 'a Slack socket did not close well'));
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))]);
}
