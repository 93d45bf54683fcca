import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import { textOf } from '../values.ts';
import { newId } from '../workspace/ids.ts';

/** Which scope an event needs besides the subscription. */
const SCOPES: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  member_joined_channel: 'channels:read',
  channel_archive: 'channels:read',
  channel_rename: 'channels:read',
  subteam_updated: 'usergroups:read',
  subteam_members_changed: 'usergroups:read',
  reaction_added: 'reactions:read',
};

/** Sends an event if the app subscribed to it and its token has the scope. `subscription` differs from the type for messages ('message.im'). */
export function emitEvent(slack: Slack, event: JsonObject, subscription = textOf(event['type']) ?? ''): void {
  const { workspace } = slack;
  const scope = SCOPES[subscription];
  if (!workspace.events.includes(subscription) || (scope !== undefined && !workspace.scopes.includes(scope))) return;
  slack.delivery.event(eventCallback(slack, event));
}

/** The outer event, `event_callback`, with a new `event_id`. */
export function eventCallback(slack: Slack, event: JsonObject): JsonObject {
  const { workspace } = slack;
  return {
    token: 'sandbox-verification-token',
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    api_app_id: workspace.app.appId,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(workspace.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: workspace.team.id, user_id: workspace.app.botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `4-${newId('')}`,
    event: { event_ts: workspace.newTs(), ...event },
  };
}
