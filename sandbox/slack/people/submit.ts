import type { Json, JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { User } from '../workspace/people.ts';
import type { OpenView } from '../workspace/views.ts';
import { ControlError } from '../../control/route.ts';
import { SlackRefusal } from '../refusal.ts';
import { objectOf, objectsOf, textOf } from '../values.ts';
import { choiceOf } from '../views/choice.ts';
import { findElement } from '../views/elements.ts';
import { acceptView, changeView, pushModal } from '../views/open.ts';
import { viewShape } from '../views/shape.ts';
import { inputErrors } from './input-errors.ts';
import { commonParts } from './payload-parts.ts';
import { needed, personFor } from './who.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

/** A person presses the submit button of a modal, after putting in `values`. */
export async function submit(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const user = personFor(slack, args);
  const view = modalOf(slack, user, needed(args, 'view_id'));
  fillIn(slack, view, objectOf(args['values']) ?? {});
  const missing = inputErrors(view);
  view.errors = missing;
  slack.changed();
  if (Object.keys(missing).length > 0) return { acked: false, error: 'incomplete', errors: missing };
  delete view.errors;
  const ack = await slack.delivery.interaction({
    type: 'view_submission',
    ...commonParts(slack, user),
    trigger_id: slack.workspace.triggers.make(user.id, view.id),
    view: viewShape(slack.workspace, view),
    response_urls: [],
  });
  const result: JsonObject = ack.acked ? follow(slack, user, view, ack.answer) : { acked: false, error: ack.error, message: TROUBLE };
  slack.changed();
  return result;
}

/** A person closes the topmost modal, or all of them with `all` (the X). The app hears of those that asked. */
export async function close(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const user = personFor(slack, args);
  const view = modalOf(slack, user, needed(args, 'view_id'));
  const stack = slack.workspace.views.stack(user.id);
  const clearing = args['all'] === true || view.definition['clear_on_close'] === true;
  const gone = clearing ? stack : stack.slice(stack.indexOf(view));
  slack.workspace.views.setStack(user.id, clearing ? [] : stack.slice(0, stack.indexOf(view)));
  slack.changed();
  const told = gone.filter((each) => each.definition['notify_on_close'] === true);
  const acks = await Promise.all(told.map((each) => slack.delivery.interaction({ type: 'view_closed', ...commonParts(slack, user), view: viewShape(slack.workspace, each), is_cleared: clearing })));
  const failed = acks.find((ack) => !ack.acked);
  return failed === undefined || failed.acked ? { acked: true } : { acked: false, error: failed.error };
}

/** What Slack does with the answer to a submission. An answer that may not be is 'trouble connecting' (bolt-js#554). */
function follow(slack: Slack, user: User, view: OpenView, answer: JsonObject): JsonObject {
  const { workspace } = slack;
  const action = textOf(answer['response_action']);
  const stack = workspace.views.stack(user.id);
  try {
    switch (action) {
      case undefined:
        workspace.views.setStack(user.id, stack.slice(0, Math.max(0, stack.indexOf(view))));
        return { acked: true };
      case 'clear':
        workspace.views.setStack(user.id, []);
        return { acked: true, response_action: action };
      case 'errors':
        return refusedWith(view, objectOf(answer['errors']) ?? {});
      case 'update':
        changeView(workspace, view, acceptView(workspace, answer['view'], 'modal', view));
        return { acked: true, response_action: action };
      case 'push':
        pushModal(workspace, user.id, acceptView(workspace, answer['view'], 'modal'));
        return { acked: true, response_action: action };
      default:
        throw new SlackRefusal('invalid_response_action');
    }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { acked: false, error: error.code, message: TROUBLE, details: error.details };
  }
}

/** Errors must name input blocks of the view. */
function refusedWith(view: OpenView, errors: JsonObject): JsonObject {
  const inputs = objectsOf(view.definition['blocks']).filter((block) => block['type'] === 'input').map((block) => block['block_id']);
  const unknown = Object.keys(errors).find((blockId) => !inputs.includes(blockId));
  if (unknown !== undefined || Object.keys(errors).length === 0) throw new SlackRefusal('invalid_errors', { detail: `no input block ${unknown ?? ''}` });
  view.errors = Object.fromEntries(Object.entries(errors).map(([blockId, text]) => [blockId, textOf(text) ?? '']));
  return { acked: true, response_action: 'errors', errors: view.errors };
}

function fillIn(slack: Slack, view: OpenView, values: JsonObject): void {
  for (const [blockId, actions] of Object.entries(values)) {
    for (const [actionId, value] of Object.entries(objectOf(actions) ?? {})) setValue(slack, view, { blockId, actionId, value });
  }
}

function setValue(slack: Slack, view: OpenView, given: { readonly blockId: string; readonly actionId: string; readonly value: Json }): void {
  const placed = findElement(objectsOf(view.definition['blocks']), given.actionId, given.blockId);
  if (placed === undefined) throw new ControlError(`the modal has no element ${given.actionId} in block ${given.blockId}`, 404);
  view.values[given.blockId] = { ...view.values[given.blockId], [given.actionId]: choiceOf(slack.workspace, placed.element, given.value) };
}

function modalOf(slack: Slack, user: User, viewId: string): OpenView {
  const view = slack.workspace.views.stack(user.id).find((each) => each.id === viewId);
  if (view === undefined) throw new ControlError(`${user.name} has no modal ${viewId} open`, 404);
  return view;
}
