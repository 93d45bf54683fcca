import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { User } from '../workspace/people.ts';
import type { StateValues } from '../workspace/views.ts';
import { ControlError } from '../../control/route.ts';
import { messageShape } from '../posting/shapes.ts';
import { objectOf, objectsOf, textOf } from '../values.ts';
import { viewShape } from '../views/shape.ts';
import { initialState } from '../views/state.ts';
import { channelName } from './payload-parts.ts';
import { channelOf, needed } from './who.ts';

/** What a person acts upon: a message they see, an ephemeral one, an open modal or their home tab. */
export type Target = {
  readonly blocks: readonly JsonObject[];
  readonly state: StateValues;
  /** The view's id, when it is one: a trigger made here may push. */
  readonly viewId?: string;
  /** The payload's `container`, `channel`, `message`, `view`, `state` and `response_url`, as they are now. */
  payload(): JsonObject;
};

/** Finds it by `view_id`, or by `channel` and `ts`. `forge` allows a message that is not there. */
export function targetOf(slack: Slack, user: User, args: JsonObject): Target {
  const viewId = textOf(args['view_id']);
  return viewId === undefined ? messageTarget(slack, user, args) : viewTarget(slack, user, viewId);
}

function viewTarget(slack: Slack, user: User, viewId: string): Target {
  const view = slack.workspace.views.find(viewId);
  if (view === undefined || view.user !== user.id) throw new ControlError(`${user.name} has no view ${viewId} open`, 404);
  return {
    blocks: objectsOf(view.definition['blocks']),
    state: view.values,
    viewId,
    payload: () => ({ container: { type: 'view', view_id: viewId }, view: viewShape(slack.workspace, view) }),
  };
}

function messageTarget(slack: Slack, user: User, args: JsonObject): Target {
  const { workspace } = slack;
  const channel = channelOf(slack, user, args['channel']);
  const ts = needed(args, 'ts');
  const message = workspace.messages.find(channel.id, ts);
  const ephemeral = message === undefined ? workspace.messages.ephemeralsOf(user.id, channel.id).find((each) => each.ts === ts) : undefined;
  if (message === undefined && ephemeral === undefined && args['forge'] !== true) throw new ControlError(`${user.name} sees no message ${ts} in ${channel.name}`, 404);
  const blocks = message?.blocks ?? ephemeral?.blocks ?? [];
  const threadTs = message?.threadTs ?? ephemeral?.threadTs;
  const state = workspace.messageState(`${user.id} ${channel.id} ${ts}`, () => initialState(blocks));
  const payload = (): JsonObject => {
    const path = workspace.responseUrls.make('actions', workspace.team.id, { channel: channel.id, user: user.id, original: { ts, ephemeral: ephemeral !== undefined } });
    return {
      container: { type: 'message', message_ts: ts, channel_id: channel.id, is_ephemeral: ephemeral !== undefined, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) },
      channel: { id: channel.id, name: channelName(channel) },
      ...(message === undefined ? {} : { message: messageShape(slack, message) }),
      state: { values: state },
      response_url: `${slack.origin}${path}`,
    };
  };
  return { blocks, state, payload };
}

/** The part of an action that says what was chosen, from a held state value. */
export function chosen(held: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(held).filter(([key]) => key !== 'type'));
}

/** Text of an element, for the action's `text`. */
export function elementText(element: JsonObject): JsonObject | undefined {
  return objectOf(element['text']);
}
