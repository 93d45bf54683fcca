import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { StartProblem } from './start-problem.ts';

/** What the health pages ask of the running parts. */
export interface Vitals {
  /** Epoch ms at which the loop last turned. */
  lastTurn(): number;
  running(): number;
  slackIsUp(): boolean;
  /** Throws when the store does not answer. */
  pingStore(): Promise<unknown>;
  /** Apps whose discovery fails at present. */
  brokenApps(): number;
}

export interface Health {
  /** Counts one run of due work. */
  ran(kind: string, outcome: string, ms: number): void;
  port(): number;
  stop(): Promise<void>;
}

/** The loop turns at least every second; one that has stood for so long hangs. */
const HUNG_AFTER_MS = 60_000;

/** Serves /healthz (is the process sound?), /readyz (can it work now?) and /metrics. Throws a `StartProblem`. */
export async function serveHealth(port: number, vitals: Vitals): Promise<Health> {
  const metrics = createMetrics(vitals);
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://localhost').pathname, response, vitals, metrics.registry).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(error instanceof Error ? error.message : '');
    });
  });
  await listen(server, port);
  return {
    ran: (kind, outcome, ms) => metrics.ran(kind, outcome, ms),
    port: () => (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(path: string, response: ServerResponse, vitals: Vitals, registry: Registry): Promise<void> {
  switch (path) {
    case '/healthz': {
      const hung = Date.now() - vitals.lastTurn() > HUNG_AFTER_MS;
      return send(response, hung ? 503 : 200, { loop: hung ? 'hangs' : 'turns' });
    }
    case '/readyz': {
      const store = await vitals.pingStore().then(() => 'answers', () => 'does not answer');
      const slack = vitals.slackIsUp() ? 'connected' : 'not connected';
      return send(response, store === 'answers' && slack === 'connected' ? 200 : 503, { store, slack });
    }
    case '/metrics':
      response.writeHead(200, { 'content-type': registry.contentType });
      response.end(await registry.metrics());
      return;
    default:
      send(response, 404, { pages: ['/healthz', '/readyz', '/metrics'] });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

function createMetrics(vitals: Vitals): { readonly registry: Registry; ran(kind: string, outcome: string, ms: number): void } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const runs = new Counter({ name: 'jack_runs_total', help: 'Runs of due work by kind and outcome', labelNames: ['kind', 'outcome'], registers });
  const seconds = new Histogram({ name: 'jack_run_seconds', help: 'How long runs of due work take', labelNames: ['kind'], buckets: [0.01, 0.05, 0.2, 1, 5, 20], registers });
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(read()) });
  };
  gauge('jack_runs_under_way', 'Runs of due work under way', () => vitals.running());
  gauge('jack_slack_connected', '1 while Slack can reach Jack', () => Number(vitals.slackIsUp()));
  gauge('jack_apps_broken', 'Configured apps that cannot be discovered at present', () => vitals.brokenApps());
  return {
    registry,
    ran(kind, outcome, ms) {
      runs.inc({ kind, outcome });
      seconds.observe({ kind }, ms / 1000);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const sentence = taken
        ? `Port ${port} (HEALTH_PORT) is taken by another program: stop it, or set HEALTH_PORT to a free one.`
        : `Port ${port} (HEALTH_PORT) cannot be opened (${error.code ?? error.message}): set HEALTH_PORT to another one above 1023.`;
      reject(new StartProblem([sentence], error));
    });
    server.listen(port, () => resolve());
  });
}
