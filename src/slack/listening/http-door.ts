import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver, type App, type Receiver } from '@slack/bolt';
import { Fault } from '../../domain/faults.ts';
import type { Clock, Log } from '../../ports.ts';
import { quietLogger } from '../quiet-logger.ts';
import { replayGuard } from './replay-guard.ts';

export interface HttpSettings {
  readonly signingSecret: string;
  readonly port: number;
  readonly host?: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Slack's deliveries over HTTP, all kinds to /slack/events. Bolt checks the signature; before it the replay guard. */
export function httpReceiver(settings: HttpSettings): Receiver & { isUp(): boolean; port(): number } {
  const inner = new HTTPReceiver({ signingSecret: settings.signingSecret, endpoints: ['/slack/events'], logger: quietLogger(settings.log) });
  const admits = replayGuard(settings.clock);
  const server = createServer((request, response) => serve(request, response));
  server.requestTimeout = 10_000;

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const verdict = admits(request.headers);
    if (verdict.kind === 'refused') {
      settings.log.warn({ reason: verdict.reason }, 'a delivery was refused');
      response.writeHead(401).end();
      return;
    }
    response.on('finish', () => verdict.settle(response.statusCode < 400));
    try {
      inner.requestListener(request, response);
    } catch (error) {
      settings.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'a request to an unknown path');
      response.writeHead(404).end();
    }
  }

  return {
    isUp: () => server.listening,
    port: () => (server.address() as AddressInfo).port,
    init: (app: App) => inner.init(app),
    start: () => listenOn(server, settings),
    stop: () => closed(server),
  };
}

function listenOn(server: Server, { port, host }: HttpSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Fault(listenSentence(port, error), { cause: error, retryable: false })));
    server.listen(port, host, () => resolve());
  });
}

function listenSentence(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} (PORT) is taken by another program: stop it, or set PORT to a free one.`;
  if (error.code === 'EACCES') return `Port ${port} (PORT) may not be opened by this user: set PORT to one above 1023.`;
  return `Port ${port} (PORT) cannot be opened: ${error.message}.`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
