import type { JsonObject } from '../../json.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { DeliveryFault } from '../delivery/faults.ts';
import type { Ack, ParcelKind } from '../delivery/parcel.ts';
import type { DisconnectReason } from '../delivery/sockets.ts';
import type { SignatureFault } from '../delivery/http-carrier.ts';
import type { Slack } from '../slack.ts';
import { ControlError } from '../../control/route.ts';
import { needed } from '../people/who.ts';
import { numberOf, objectOf, textOf } from '../values.ts';

const NEXT: Readonly<Record<string, DeliveryFault['kind']>> = { 'duplicate-next': 'duplicate', 'lose-next': 'lose', 'lose-ack-next': 'lose-ack', 'delay-next': 'delay' };
const SPOILED: Readonly<Record<string, SignatureFault>> = { 'bad-signature-next': 'bad-signature', 'old-timestamp-next': 'old-timestamp', 'future-timestamp-next': 'future-timestamp' };
const PARCELS: readonly ParcelKind[] = ['slash_commands', 'interactive', 'events_api'];
const REASONS: readonly DisconnectReason[] = ['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'];

/** Routes about how the app is reached, and what goes wrong on the way. */
export function deliveryRoutes(slack: Slack): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: '/slack/deliver',
      summary: 'Spoil delivery {kind: duplicate-next | lose-next | lose-ack-next | delay-next (ms) | disconnect (reason?, all?) | drop-socket (all?) | bad-signature-next | old-timestamp-next | future-timestamp-next, times?, only?}',
      run: (args) => spoil(slack, args),
    },
    { method: 'POST', path: '/slack/deliver/raw', summary: 'Deliver a made-up or repeated payload {kind: slash_commands | interactive | events_api, payload}, or a bare socket frame {frame}', run: (args) => raw(slack, args) },
    { method: 'POST', path: '/slack/mode', summary: 'How the app is reached {mode: socket | http, url?, signingSecret?}; http asks the URL to verify itself', run: (args) => mode(slack, args) },
  ];
}

function spoil(slack: Slack, args: JsonObject): JsonObject {
  const kind = needed(args, 'kind');
  const all = args['all'] === true;
  const next = NEXT[kind];
  const spoiled = SPOILED[kind];
  if (next !== undefined) {
    const only = PARCELS.find((each) => each === args['only']);
    slack.delivery.faults.arm({ kind: next, ms: numberOf(args['ms']) ?? 0, times: numberOf(args['times']) ?? 1, ...(only === undefined ? {} : { only }) });
    return {};
  }
  if (spoiled !== undefined) {
    if (slack.delivery.http === undefined) throw new ControlError(`${kind} needs the mode http`);
    slack.delivery.http.spoilNext(spoiled);
    return {};
  }
  if (kind === 'disconnect') return { sockets: slack.delivery.sockets.disconnect(REASONS.find((each) => each === args['reason']) ?? 'refresh_requested', all) };
  if (kind === 'drop-socket') return { sockets: slack.delivery.sockets.drop(all) };
  throw new ControlError(`no kind of delivery fault is called ${kind}`);
}

async function raw(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const frame = objectOf(args['frame']);
  if (frame !== undefined) return { sent: slack.delivery.sockets.sendRaw(frame) };
  const kind = PARCELS.find((each) => each === args['kind']);
  const payload = objectOf(args['payload']);
  if (kind === undefined || payload === undefined) throw new ControlError('kind (slash_commands, interactive or events_api) and payload are needed');
  return told(await slack.delivery.raw(kind, payload));
}

function told(ack: Ack): JsonObject {
  return ack.acked ? { acked: true, answer: ack.answer } : { acked: false, error: ack.error };
}

async function mode(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const wanted = needed(args, 'mode');
  if (wanted === 'socket') {
    slack.delivery.useHttp(undefined);
    return { mode: wanted };
  }
  if (wanted !== 'http') throw new ControlError(`the mode is socket or http, not ${wanted}`);
  const carrier = slack.delivery.useHttp({ url: needed(args, 'url'), signingSecret: textOf(args['signingSecret']) ?? slack.workspace.app.signingSecret });
  return { mode: wanted, verified: (await carrier?.verify()) ?? false };
}
