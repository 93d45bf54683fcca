import type { Json, JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { User } from '../workspace/people.ts';
import type { Placed } from '../views/elements.ts';
import type { Target } from './target.ts';
import { ControlError } from '../../control/route.ts';
import { listOf, objectOf, textOf } from '../values.ts';
import { choiceOf, optionOf } from '../views/choice.ts';
import { findElement } from '../views/elements.ts';
import { heldIn } from '../views/state.ts';
import { commonParts } from './payload-parts.ts';
import { chosen, elementText, targetOf } from './target.ts';
import { needed, personFor } from './who.ts';

/** A person clicks a button (or an item of an overflow menu: `selected`). `forge` sends what no message offers. */
export async function click(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const user = personFor(slack, args);
  const target = targetOf(slack, user, args);
  const actionId = needed(args, 'action_id');
  const blockId = textOf(args['block_id']);
  if (args['forge'] === true) return dispatch(slack, user, target, forged(args, actionId, blockId));
  const placed = elementOf(target, actionId, blockId);
  if (heldIn(placed.element['type']) !== undefined) return select(slack, { ...args, value: args['value'] ?? args['selected'] });
  return dispatch(slack, user, target, actionOf(placed, args['selected'] ?? args['value']));
}

/** A person chooses in an element or types into it. The app hears of it at once from messages, sections and actions, and from inputs that ask for it. */
export async function select(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const user = personFor(slack, args);
  const target = targetOf(slack, user, args);
  const placed = elementOf(target, needed(args, 'action_id'), textOf(args['block_id']));
  const held = choiceOf(slack.workspace, placed.element, args['value']);
  target.state[placed.blockId] = { ...target.state[placed.blockId], [placed.actionId]: held };
  slack.changed();
  if (!dispatches(placed)) return { acked: true, dispatched: false };
  const { type, action_id: action, ...rest } = placed.element;
  return dispatch(slack, user, target, { type, action_id: action, block_id: placed.blockId, ...presets(rest), ...chosen(held) });
}

/** What an external select offers for a query: the app is asked. */
export async function loadOptions(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const user = personFor(slack, args);
  const target = targetOf(slack, user, args);
  const placed = elementOf(target, needed(args, 'action_id'), textOf(args['block_id']));
  const { response_url: _unused, ...place } = target.payload();
  const ack = await slack.delivery.interaction({ type: 'block_suggestion', ...commonParts(slack, user), ...place, action_id: placed.actionId, block_id: placed.blockId, value: textOf(args['query']) ?? '' });
  if (!ack.acked) return { acked: false, error: ack.error };
  return { acked: true, options: listOf(ack.answer['options']) ?? [], ...(ack.answer['option_groups'] === undefined ? {} : { option_groups: ack.answer['option_groups'] }) };
}

function elementOf(target: Target, actionId: string, blockId: string | undefined): Placed {
  const placed = findElement(target.blocks, actionId, blockId);
  if (placed === undefined) throw new ControlError(`nothing with the action id ${actionId}${blockId === undefined ? '' : ` in block ${blockId}`} is to be seen there`, 404);
  return placed;
}

function actionOf({ element, blockId, actionId }: Placed, selected: Json): JsonObject {
  const text = elementText(element);
  const picked = element['type'] === 'overflow' ? { selected_option: optionOf(element, selected) } : {};
  return { type: element['type'], action_id: actionId, block_id: blockId, ...(text === undefined ? {} : { text }), ...only(element, 'value'), ...only(element, 'style'), ...picked };
}

function forged(args: JsonObject, actionId: string, blockId: string | undefined): JsonObject {
  return { type: 'button', action_id: actionId, block_id: blockId ?? 'forged', text: { type: 'plain_text', text: 'forged', emoji: true }, ...only(args, 'value'), ...objectOf(args['selected']) };
}

async function dispatch(slack: Slack, user: User, target: Target, action: JsonObject): Promise<JsonObject> {
  const { workspace } = slack;
  const ack = await slack.delivery.interaction({
    type: 'block_actions',
    ...commonParts(slack, user),
    ...target.payload(),
    trigger_id: workspace.triggers.make(user.id, target.viewId),
    actions: [{ ...action, action_ts: workspace.newTs() }],
  });
  return ack.acked ? { acked: true } : { acked: false, error: ack.error };
}

function dispatches({ block }: Placed): boolean {
  return block['type'] !== 'input' || block['dispatch_action'] === true;
}

function presets(rest: JsonObject): JsonObject {
  return only(rest, 'placeholder');
}

function only(from: JsonObject, key: string): JsonObject {
  return from[key] === undefined ? {} : { [key]: from[key] };
}
