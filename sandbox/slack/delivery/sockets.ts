import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Json, JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Ack, Carrier, Parcel } from './parcel.ts';
import { PendingAcks } from './pending-acks.ts';
import { objectOf, textOf } from '../values.ts';

/** Slack's: an app holds at most ten sockets; one more is told `too_many_websockets`. */
const MOST_SOCKETS = 10;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** Socket Mode: every parcel goes to exactly one of the sockets that are open, in turn. */
export class Sockets implements Carrier {
  readonly #slack: Slack;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open: WebSocket[] = [];
  readonly #leaving = new WeakSet<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #pending: PendingAcks;
  #turn = 0;

  constructor(slack: Slack) {
    this.#slack = slack;
    this.#pending = new PendingAcks(slack);
  }

  /** Sockets that take parcels. */
  get count(): number {
    return this.#ready().length;
  }

  /** What `apps.connections.open` answers with: good for one socket. */
  newAddress(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `${this.#slack.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${this.#slack.workspace.app.appId}`;
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://slack.test');
      if (!url.pathname.startsWith('/link') || !this.#tickets.delete(url.searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws));
    });
  }

  carry(parcel: Parcel): Promise<Ack> {
    const ready = this.#ready();
    const socket = ready[this.#turn++ % Math.max(1, ready.length)];
    if (socket === undefined) return Promise.resolve({ acked: false, error: 'dispatch_failed' });
    const { id, ack } = this.#pending.wait();
    send(socket, envelope(id, parcel));
    return ack;
  }

  /** Sends what a test made up, to one socket; its ack is not waited for. */
  sendRaw(frame: JsonObject): boolean {
    const socket = this.#ready()[0];
    if (socket !== undefined) send(socket, frame);
    return socket !== undefined;
  }

  /** Slack asks to reconnect: no more parcels to these sockets, and they are closed ten seconds later if the app did not. */
  disconnect(reason: DisconnectReason, all: boolean): number {
    const told = this.#ready().slice(0, all ? undefined : 1);
    for (const socket of told) this.#dismiss(socket, reason);
    return told.length;
  }

  /** The network breaks: no closing handshake. */
  drop(all: boolean): number {
    const dropped = this.#open.slice(0, all ? undefined : 1);
    for (const socket of dropped) socket.terminate();
    return dropped.length;
  }

  /** Gives up on all acks that are waited for. */
  abandon(): void {
    this.#pending.abandon();
  }

  stop(): void {
    this.abandon();
    for (const socket of this.#open) socket.terminate();
    this.#server.close();
  }

  #ready(): readonly WebSocket[] {
    return this.#open.filter((socket) => socket.readyState === socket.OPEN && !this.#leaving.has(socket));
  }

  #welcome(socket: WebSocket): void {
    this.#open.push(socket);
    const pings = setInterval(() => socket.ping('Ping from applink-1'), this.#slack.timing.pingMs);
    socket.on('close', () => {
      clearInterval(pings);
      this.#open.splice(this.#open.indexOf(socket), 1);
      this.#slack.changed();
    });
    socket.on('error', (error) => process.stderr.write(`slack sandbox: socket: ${error.message}\n`));
    socket.on('message', (data) => this.#read(socket, (data as Buffer).toString()));
    if (this.#open.length > MOST_SOCKETS) {
      this.#dismiss(socket, 'too_many_websockets');
      return;
    }
    send(socket, hello(this.#open.length, this.#slack.workspace.app.appId));
    this.#slack.changed();
  }

  /** An ack. What is not JSON comes from no client of Slack's: that socket is closed. */
  #read(socket: WebSocket, frame: string): void {
    const ack = objectOf(parsed(frame));
    if (ack === undefined) {
      socket.close(1007, 'not an acknowledgement');
      return;
    }
    const id = textOf(ack?.['envelope_id']);
    if (id !== undefined) this.#pending.settle(id, objectOf(ack?.['payload']) ?? {});
  }

  #dismiss(socket: WebSocket, reason: DisconnectReason): void {
    this.#leaving.add(socket);
    send(socket, { type: 'disconnect', reason, debug_info: { host: 'applink-1' } });
    this.#slack.clock().afterReal(reason === 'too_many_websockets' ? 100 : 10_000, () => socket.close());
  }
}

function parsed(frame: string): Json {
  try {
    return JSON.parse(frame) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function send(socket: WebSocket, frame: JsonObject): void {
  socket.send(JSON.stringify(frame));
}

function hello(connections: number, appId: string): JsonObject {
  return { type: 'hello', num_connections: connections, debug_info: { host: 'applink-1', build_number: 1, approximate_connection_time: 18_060 }, connection_info: { app_id: appId } };
}

function envelope(id: string, parcel: Parcel): JsonObject {
  const retry = parcel.kind === 'events_api' ? { retry_attempt: parcel.retry?.attempt ?? 0, retry_reason: parcel.retry?.reason ?? '' } : {};
  return { type: parcel.kind, envelope_id: id, accepts_response_payload: parcel.acceptsAnswer, ...retry, payload: parcel.payload };
}
