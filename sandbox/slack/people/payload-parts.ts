import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Channel, User } from '../workspace/people.ts';

/** What every interactive payload carries: who, where it was installed, and Slack's old verification token. */
export function commonParts(slack: Slack, user: User): JsonObject {
  const { workspace } = slack;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: workspace.app.appId,
    token: 'sandbox-verification-token',
    team: { id: workspace.team.id, domain: workspace.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A channel's name in payloads. */
export function channelName(channel: Channel): string {
  return { channel: channel.name, private: 'privategroup', im: 'directmessage' }[channel.kind];
}
