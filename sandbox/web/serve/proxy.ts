import { request, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Hands '/control/…' on to the control door (without the prefix), streams included, so that the page has one origin.
 * A door that does not answer is a 502 with one sentence.
 */
export function proxyToDoor(controlUrl: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const path = (incoming.url ?? '').replace(/^\/control\/?/, '/');
  const target = new URL(controlUrl);
  const outgoing = request(
    {
      host: target.hostname,
      port: target.port,
      path: `${target.pathname.replace(/\/$/, '')}${path}`,
      method: incoming.method,
      headers: { ...incoming.headers, host: target.host },
    },
    (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    },
  );
  outgoing.on('error', () => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'The sandbox does not answer.' }));
  });
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}
