import type { JsonObject } from '../../json.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { Slack } from '../slack.ts';
import { ControlError } from '../../control/route.ts';
import { channelSnapshot, homeSnapshot, modalSnapshot, sidebarOf } from '../people/snapshot.ts';
import { needed, personFor } from '../people/who.ts';
import { textOf } from '../values.ts';

/** Routes that show what is there, as the people of the workspace see it. */
export function lookRoutes(slack: Slack): readonly ControlRoute[] {
  return [
    { method: 'GET', path: '/slack/workspace', summary: 'Team, users, channels, user groups and commands', run: () => workspaceSnapshot(slack) },
    { method: 'GET', path: '/slack/as/:user', summary: "A person's channels, with what they have not read", run: (args) => sidebarOf(slack, personFor(slack, args)) },
    { method: 'GET', path: '/slack/as/:user/channel/:channel', summary: 'What a person sees in a channel, or with ?thread=ts in a thread (?limit=)', run: (args) => channelSnapshot(slack, personFor(slack, args), args) },
    { method: 'GET', path: '/slack/as/:user/modal', summary: 'The modals open for a person, topmost last', run: (args) => modalSnapshot(slack, personFor(slack, args)) },
    { method: 'GET', path: '/slack/as/:user/home', summary: "The app's home tab of a person", run: (args) => homeSnapshot(slack, personFor(slack, args)) },
    { method: 'GET', path: '/slack/transcript', summary: 'Everything that was said and shown, edits included (?channel=)', run: (args) => transcript(slack, args) },
    { method: 'GET', path: '/slack/file/:id', summary: 'A file: its name, type and bytes (base64)', run: (args) => file(slack, args) },
    { method: 'GET', path: '/slack/connections', summary: 'How the app is reached: mode, open sockets, request URL', run: () => connections(slack) },
    { method: 'GET', path: '/slack/deliveries', summary: 'What was delivered to the app and how it was acked (the last 500), to be looked at or replayed', run: () => ({ deliveries: slack.delivery.log }) },
  ];
}

function workspaceSnapshot(slack: Slack): JsonObject {
  const { workspace } = slack;
  return {
    team: workspace.team,
    bot: workspace.app.botUserId,
    users: [...workspace.users.values()].map(({ id, name, realName, role, color, title }) => ({ id, name, realName, role, color, title })),
    channels: [...workspace.channels.values()].filter((channel) => channel.kind !== 'im').map((channel) => ({ id: channel.id, name: channel.name, members: [...channel.members], private: channel.kind === 'private', archived: channel.archived, topic: channel.topic })),
    usergroups: [...workspace.usergroups.values()].map(({ id, handle, name, users, disabled }) => ({ id, handle, name, users, disabled })),
    commands: workspace.commands.map(({ command, description, usageHint }) => ({ command, description, usageHint })),
    scopes: workspace.scopes,
    events: workspace.events,
  };
}

function transcript(slack: Slack, args: JsonObject): JsonObject[] {
  const wanted = textOf(args['channel']);
  const channel = wanted === undefined ? undefined : slack.workspace.findChannel(wanted);
  if (wanted !== undefined && channel === undefined) throw new ControlError(`no channel ${wanted}`, 404);
  return slack.workspace.transcript.filter((entry) => channel === undefined || entry.channel === channel.id);
}

function file(slack: Slack, args: JsonObject): JsonObject {
  const found = slack.workspace.files.find(needed(args, 'id'));
  if (found === undefined) throw new ControlError(`no file ${needed(args, 'id')}`, 404);
  return { id: found.id, name: found.name, title: found.title, mimetype: found.mimetype ?? '', altText: found.altText ?? '', base64: Buffer.from(found.bytes ?? []).toString('base64') };
}

function connections(slack: Slack): JsonObject {
  const target = slack.delivery.http?.target;
  return { mode: target === undefined ? 'socket' : 'http', sockets: slack.delivery.sockets.count, url: target?.url ?? null };
}
