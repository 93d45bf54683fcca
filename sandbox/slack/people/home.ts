import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import { emitEvent } from '../delivery/events.ts';
import { viewShape } from '../views/shape.ts';
import { personFor } from './who.ts';

/** A person opens the app's home tab. */
export async function openHome(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const { workspace } = slack;
  const user = personFor(slack, args);
  const view = workspace.views.home(user.id);
  emitEvent(slack, { type: 'app_home_opened', user: user.id, channel: workspace.directMessages(user.id).id, tab: 'home', ...(view === undefined ? {} : { view: viewShape(workspace, view) }) });
  await slack.delivery.firstAttempts();
  return {};
}
