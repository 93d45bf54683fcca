import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { CallGate } from '../control/gate.ts';
import { listen, type Listening } from '../control/listen.ts';
import { answer, type AwsSide } from './engine/call.ts';
import { readRequest } from './engine/wire.ts';

export interface AwsServer extends Listening {
  /** 'http://127.0.0.1:4566' */
  readonly url: string;
}

/** All of AWS on one port: the request itself says which service it is for. `side` is asked anew for each call, so a reset shows at once. */
export async function startAwsServer(options: { readonly port: number; side(): AwsSide; readonly gate: CallGate }): Promise<AwsServer> {
  const server = createServer((request, response) => {
    respond(options, request, response).catch((problem: unknown) => {
      console.error(problem);
      response.destroy();
    });
  });
  const listening = await listen(server, options.port, 'AWS');
  return { ...listening, url: `http://127.0.0.1:${listening.port}` };
}

async function respond(options: { side(): AwsSide; readonly gate: CallGate }, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  const request = await readRequest(message);
  const reply = await answer(options.side(), options.gate, request, hungUp.signal);
  if (!reply) {
    response.destroy();
    return;
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { 'content-length': body.length, ...reply.headers });
  response.end(body);
}
