import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeAws } from './fake-aws.ts';
import { FakeJack } from './fake-jack.ts';
import { FakeSlack } from './fake-slack.ts';

export type Args = Readonly<Record<string, unknown>>;
export type Routes = Readonly<Record<string, (args: Args) => unknown>>;

export interface FakeDoor {
  readonly url: string;
  readonly slack: FakeSlack;
  readonly aws: FakeAws;
  readonly jack: FakeJack;
  /** Every POST, in order: '/slack/type' and its body. */
  readonly asked: readonly { readonly path: string; readonly body: Args }[];
  stop(): Promise<void>;
}

/** A control door with the contract of the real one and a scripted bot behind it: for tests of the page alone. */
export async function startFakeDoor(options: { readonly pace?: number } = {}): Promise<FakeDoor> {
  const watchers = new Set<ServerResponse>();
  const tell = (area: string): void => {
    for (const watcher of watchers) watcher.write(`data: ${JSON.stringify({ area })}\n\n`);
  };
  const slack = new FakeSlack(() => tell('slack'));
  const aws = new FakeAws(() => tell('aws'));
  const jack = new FakeJack(slack, aws, options.pace ?? 1);
  const asked: { path: string; body: Args }[] = [];
  const routes: Routes = { ...slack.routes(jack), ...aws.routes(() => tell('control')) };
  const server = createServer((request, response) => {
    if (request.url === '/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      watchers.add(response);
      response.on('close', () => watchers.delete(response));
      return;
    }
    void answer(routes, asked, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    slack,
    aws,
    jack,
    asked,
    stop: async () => {
      jack.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(routes: Routes, asked: { path: string; body: Args }[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://door');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const body = (text === '' ? {} : JSON.parse(text)) as Args;
  if (request.method === 'POST') asked.push({ path: url.pathname, body });
  for (const [route, run] of Object.entries(routes)) {
    const parameters = match(`${request.method} ${url.pathname}`, route);
    if (!parameters) continue;
    try {
      const result = await run({ ...body, ...Object.fromEntries(url.searchParams), ...parameters });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result ?? {}));
    } catch (error) {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    }
    return;
  }
  response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error: `no route ${request.method} ${url.pathname}` }));
}

function match(given: string, route: string): Args | undefined {
  const one = given.split('/');
  const other = route.split('/');
  if (one.length !== other.length || !other.every((segment, at) => segment.startsWith(':') || segment === one[at])) return undefined;
  return Object.fromEntries(other.flatMap((segment, at) => (segment.startsWith(':') ? [[segment.slice(1), decodeURIComponent(one[at] ?? '')]] : [])));
}
