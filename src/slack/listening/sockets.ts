import type { App, Receiver } from '@slack/bolt';
import { openSocket, type Socket, type SocketSettings } from './socket.ts';

/** The first new try comes at once, the later ones ever later. */
const PAUSES_MS = [0, 500, 1_000, 2_000, 5_000, 10_000, 30_000];

export interface SocketsSettings extends SocketSettings {
  /** Called when Jack can hear again, after a time in which no socket was open. */
  readonly onHearingAgain: () => void;
}

/** A place for a socket: it is filled again whenever its socket goes. */
interface Place {
  socket: Socket | undefined;
  failures: number;
  timer: NodeJS.Timeout | undefined;
}

/** Two sockets of one app: Slack sends each payload to one of those that are open, so a recycle loses nothing. */
export function socketsReceiver(settings: SocketsSettings): Receiver & { isUp(): boolean } {
  const { log } = settings;
  const places: readonly Place[] = [newPlace(), newPlace()];
  const state = { stopped: false, deaf: false, app: undefined as App | undefined };
  const isUp = (): boolean => places.some((place) => place.socket !== undefined);

  async function fill(place: Place): Promise<void> {
    if (!state.app) throw new Error('the receiver has no app yet');
    const socket = await openSocket(state.app, settings, () => lost(place));
    if (state.stopped) return socket.close();
    place.socket = socket;
    place.failures = 0;
    if (state.deaf) settings.onHearingAgain();
    state.deaf = false;
  }

  function lost(place: Place): void {
    void place.socket?.close();
    place.socket = undefined;
    state.deaf ||= !isUp();
    log.info({ deaf: !isUp() }, 'a Slack socket was closed');
    refill(place);
  }

  function refill(place: Place): void {
    if (state.stopped) return;
    place.timer = setTimeout(() => {
      fill(place).catch((error: unknown) => {
        place.failures += 1;
        log.warn({ err: error, failures: place.failures }, 'a Slack socket could not be opened');
        refill(place);
      });
    }, PAUSES_MS[Math.min(place.failures, PAUSES_MS.length - 1)]);
  }

  return {
    isUp,
    init: (app) => void (state.app = app),
    async start() {
      const [first, ...more] = places;
      if (first) await fill(first);
      for (const place of more) refill(place);
    },
    async stop() {
      state.stopped = true;
      for (const place of places) clearTimeout(place.timer);
      await Promise.all(places.flatMap((place) => (place.socket ? [place.socket.close()] : [])));
    },
  };
}

function newPlace(): Place {
  return { socket: undefined, failures: 0, timer: undefined };
}
