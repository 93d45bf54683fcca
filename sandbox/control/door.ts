import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Json, JsonObject } from '../json.ts';
import { isPlainObject } from './arguments.ts';
import type { Changes } from './changes.ts';
import { listen, type Listening } from './listen.ts';
import { ControlError, type ControlRoute } from './route.ts';

/** The one route that is not answered once, but streamed. */
export const changesRoute = { method: 'GET', path: '/changes', summary: 'server-sent events: `{area}` whenever something changed there' } as const;

export interface DoorOptions {
  readonly port: number;
  /** Asked anew for each request: a reset brings other routes. */
  routes(): readonly ControlRoute[];
  readonly changes: Changes;
}

/** The control door: plain HTTP with JSON on 127.0.0.1, for tests, scripts and the page. */
export async function startDoor(options: DoorOptions): Promise<Listening & { readonly url: string }> {
  const server = createServer((request, response) => {
    respond(options, request, response).catch((problem: unknown) => {
      const { status, message } = refusalOf(problem);
      send(response, status, { error: message });
    });
  });
  const listening = await listen(server, options.port, 'the control door');
  return { ...listening, url: `http://127.0.0.1:${listening.port}/` };
}

async function respond(options: DoorOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL((request.url ?? '/').replace(/^\/+/, '/'), 'http://door');
  if (request.method === 'GET' && url.pathname === changesRoute.path) {
    options.changes.watch(response);
    return;
  }
  const found = find(options.routes(), request.method ?? 'GET', url.pathname);
  if (!found) {
    send(response, 404, { error: `There is no ${request.method} ${url.pathname} at this door`, routes: listing(options.routes()) });
    return;
  }
  try {
    const args = { ...(await readBody(request)), ...Object.fromEntries(url.searchParams), ...found.parameters };
    send(response, 200, (await found.route.run(args)) ?? {});
  } catch (problem) {
    const { status, message } = refusalOf(problem);
    send(response, status, { error: message });
  }
}

/** 'GET /calls: every call so far …' for each route. */
export function listing(routes: readonly ControlRoute[]): readonly string[] {
  return [changesRoute, ...routes].map((route) => `${route.method} ${route.path}: ${route.summary}`);
}

function find(routes: readonly ControlRoute[], method: string, path: string): { readonly route: ControlRoute; readonly parameters: JsonObject } | undefined {
  const given = path.split('/').map(decodeURIComponent);
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== given.length) continue;
    if (!wanted.every((segment, index) => segment.startsWith(':') || segment === given[index])) continue;
    return { route, parameters: Object.fromEntries(wanted.flatMap((segment, index) => (segment.startsWith(':') ? [[segment.slice(1), given[index]]] : []))) };
  }
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  const body: Json = JSON.parse(text);
  if (!isPlainObject(body)) throw new ControlError('The body must be a JSON object');
  return body;
}

/** A `ControlError`, or an error of AWS's or Slack's that a route passes on, says its own status. */
function refusalOf(problem: unknown): { readonly status: number; readonly message: string } {
  if (problem instanceof ControlError) return { status: problem.status, message: problem.message };
  if (problem instanceof URIError) return { status: 400, message: 'The path cannot be decoded' };
  if (problem instanceof SyntaxError) return { status: 400, message: `The body is not JSON: ${problem.message}` };
  if (problem instanceof Error && 'code' in problem && typeof problem.code === 'string') return { status: 400, message: `${problem.code}: ${problem.message}` };
  console.error(problem);
  return { status: 500, message: problem instanceof Error ? problem.message : String(problem) };
}

function send(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
