import type { JsonObject } from '../../json.ts';
import type { OpenView } from '../workspace/views.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { assertView, withBlockIds } from '../posting/block-refusal.ts';
import { SlackRefusal } from '../refusal.ts';
import { objectOf, objectsOf, textOf } from '../values.ts';
import { newId } from '../workspace/ids.ts';
import { newHash } from '../workspace/views.ts';
import { carriedState, initialState } from './state.ts';

const LARGEST_BYTES = 250_000;
/** The root and two more. */
const DEEPEST_STACK = 3;

/** Reads a definition and throws what Slack answers when it may not be shown. */
export function acceptView(workspace: Workspace, value: unknown, type: 'modal' | 'home', replaces?: OpenView): JsonObject {
  const view = objectOf(value as JsonObject);
  if (view === undefined) throw new SlackRefusal('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing required field: view'] } });
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_BYTES) throw new SlackRefusal('view_too_large');
  if (view['type'] !== type) throw new SlackRefusal('invalid_arguments', { response_metadata: { messages: [`[ERROR] must be a valid enum value [json-pointer:/view/type]`] } });
  assertView(workspace, view);
  const externalId = textOf(view['external_id']) ?? '';
  const holder = externalId === '' ? undefined : workspace.views.findExternal(externalId);
  if (holder !== undefined && holder.id !== replaces?.id) throw new SlackRefusal('duplicate_external_id');
  return { ...view, blocks: withBlockIds(objectsOf(view['blocks'])) };
}

/** Opens a modal over whatever was open for that person. */
export function openModal(workspace: Workspace, user: string, definition: JsonObject): OpenView {
  const id = newId('V');
  const view: OpenView = { id, user, type: 'modal', definition, hash: newHash(workspace.now()), values: initialState(objectsOf(definition['blocks'])), rootId: id };
  workspace.views.setStack(user, [view]);
  tellView(workspace, view);
  return view;
}

/** Puts a modal upon the one that is open. */
export function pushModal(workspace: Workspace, user: string, definition: JsonObject): OpenView {
  const stack = workspace.views.stack(user);
  const top = stack.at(-1);
  if (top === undefined) throw new SlackRefusal('not_found');
  if (stack.length >= DEEPEST_STACK) throw new SlackRefusal('push_limit_reached');
  const view: OpenView = { id: newId('V'), user, type: 'modal', definition, hash: newHash(workspace.now()), values: initialState(objectsOf(definition['blocks'])), rootId: top.rootId, previousId: top.id };
  workspace.views.push(view);
  tellView(workspace, view);
  return view;
}

/** Changes an open view; what people had put in stays where its block stays. */
export function changeView(workspace: Workspace, view: OpenView, definition: JsonObject, hash?: string): OpenView {
  if (hash !== undefined && hash !== '' && hash !== view.hash) throw new SlackRefusal('hash_conflict');
  view.definition = definition;
  view.values = carriedState(view.values, objectsOf(definition['blocks']));
  view.hash = newHash(workspace.now());
  delete view.errors;
  tellView(workspace, view);
  return view;
}

/** Publishes a person's home tab. */
export function publishHome(workspace: Workspace, user: string, definition: JsonObject, hash?: string): OpenView {
  const known = workspace.views.home(user);
  if (known !== undefined) return changeView(workspace, known, definition, hash);
  const id = newId('V');
  const view: OpenView = { id, user, type: 'home', definition, hash: newHash(workspace.now()), values: initialState(objectsOf(definition['blocks'])), rootId: id };
  workspace.views.setHome(view);
  tellView(workspace, view);
  return view;
}

function tellView(workspace: Workspace, view: OpenView): void {
  workspace.tell({ kind: 'view', channel: '', user: view.user, ts: view.id, text: textOf(objectOf(view.definition['title'])?.['text']) ?? 'Home', blocks: objectsOf(view.definition['blocks']) });
}
