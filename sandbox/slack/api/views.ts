import type { JsonObject } from '../../json.ts';
import type { OpenView } from '../workspace/views.ts';
import type { Call, Method } from './method.ts';
import { SlackRefusal } from '../refusal.ts';
import { acceptView, changeView, openModal, publishHome, pushModal } from '../views/open.ts';
import { viewShape } from '../views/shape.ts';
import { invalidArguments } from './arguments.ts';

const view = { scopes: [], tier: 4, mutates: true, token: 'bot' } as const;

/** views.open, push, update, publish. */
export const viewMethods: readonly Method[] = [
  { name: 'views.open', ...view, run: (call) => answer(call, open(call)) },
  { name: 'views.push', ...view, run: (call) => answer(call, push(call)) },
  { name: 'views.update', ...view, run: (call) => answer(call, update(call)) },
  { name: 'views.publish', ...view, run: (call) => answer(call, publish(call)) },
];

function answer({ workspace }: Call, opened: OpenView): JsonObject {
  return { view: viewShape(workspace, opened) };
}

/** The view is looked at before the trigger: a refused view does not use the trigger up. */
function open(call: Call): OpenView {
  const definition = acceptView(call.workspace, call.args.structured('view', 'invalid_arguments'), 'modal');
  const trigger = call.workspace.triggers.exchange(triggerId(call));
  return openModal(call.workspace, trigger.user, definition);
}

function push(call: Call): OpenView {
  const definition = acceptView(call.workspace, call.args.structured('view', 'invalid_arguments'), 'modal');
  const trigger = call.workspace.triggers.exchange(triggerId(call));
  if (trigger.viewId === undefined) throw new SlackRefusal('invalid_trigger_id');
  return pushModal(call.workspace, trigger.user, definition);
}

function update(call: Call): OpenView {
  const { workspace, args } = call;
  const id = args.text('view_id');
  const externalId = args.text('external_id');
  if (id === undefined && externalId === undefined) throw invalidArguments(['missing required field: view_id or external_id']);
  const known = id === undefined ? workspace.views.findExternal(externalId ?? '') : workspace.views.find(id);
  if (known === undefined) throw new SlackRefusal('not_found');
  return changeView(workspace, known, acceptView(workspace, args.structured('view', 'invalid_arguments'), known.type, known), args.text('hash'));
}

function publish(call: Call): OpenView {
  const { workspace, args } = call;
  const user = workspace.users.get(args.required('user_id'));
  if (user === undefined || user.role === 'bot') throw new SlackRefusal('invalid_arguments', { response_metadata: { messages: ['[ERROR] invalid user_id [json-pointer:/user_id]'] } });
  return publishHome(workspace, user.id, acceptView(workspace, args.structured('view', 'invalid_arguments'), 'home', workspace.views.home(user.id)), args.text('hash'));
}

function triggerId({ args }: Call): string {
  return args.text('trigger_id') ?? args.required('interactivity_pointer');
}
