import type { JsonObject } from '../../json.ts';
import type { OpenView } from '../workspace/views.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A view as `views.*` and payloads give it. */
export function viewShape(workspace: Workspace, view: OpenView): JsonObject {
  const { definition } = view;
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: definition['blocks'],
    private_metadata: definition['private_metadata'] ?? '',
    callback_id: definition['callback_id'] ?? '',
    state: { values: view.values },
    hash: view.hash,
    title: definition['title'] ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: definition['clear_on_close'] ?? false,
    notify_on_close: definition['notify_on_close'] ?? false,
    close: definition['close'] ?? null,
    submit: definition['submit'] ?? null,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: workspace.app.appId,
    external_id: definition['external_id'] ?? '',
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
  };
}
