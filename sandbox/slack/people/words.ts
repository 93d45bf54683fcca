import type { Workspace } from '../workspace/workspace.ts';

/** Typed text as Slack sends it on: `& < >` escaped, links and mentions encoded. */
export function encodeMessage(workspace: Workspace, typed: string): string {
  return encode(workspace, typed, false);
}

/** A command's text with `should_escape`: mentions carry their name too, `<@U…|name>`. Without it, the text is as typed. */
export function encodeCommand(workspace: Workspace, typed: string, shouldEscape: boolean): string {
  return shouldEscape ? encode(workspace, typed, true) : typed;
}

/** What this text mentions for a person: themselves, one of their groups, or everybody. */
export function mentions(workspace: Workspace, text: string, user: string): boolean {
  if (text.includes(`<@${user}`) || /<!(here|channel|everyone)/.test(text)) return true;
  return [...workspace.usergroups.values()].some((group) => group.users.includes(user) && text.includes(`<!subteam^${group.id}`));
}

function encode(workspace: Workspace, typed: string, withNames: boolean): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const linked = escaped.replaceAll(/\bhttps?:\/\/[^\s<>]+/g, (url) => `<${url}>`);
  return linked.replaceAll(/(^|[\s(])([@#])([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu, (whole, before: string, sign: string, name: string) => {
    const mention = sign === '@' ? personMention(workspace, name, withNames) : channelMention(workspace, name);
    return mention === undefined ? whole : `${before}${mention}`;
  });
}

function personMention(workspace: Workspace, name: string, withNames: boolean): string | undefined {
  const lower = name.toLowerCase();
  if (lower === 'here' || lower === 'channel' || lower === 'everyone') return `<!${lower}>`;
  const user = workspace.findUser(lower);
  if (user !== undefined) return withNames ? `<@${user.id}|${user.name}>` : `<@${user.id}>`;
  const group = [...workspace.usergroups.values()].find((each) => each.handle === lower);
  if (group === undefined) return undefined;
  return withNames ? `<!subteam^${group.id}|@${group.handle}>` : `<!subteam^${group.id}>`;
}

function channelMention(workspace: Workspace, name: string): string | undefined {
  const channel = workspace.findChannel(name);
  return channel === undefined || channel.kind === 'im' ? undefined : `<#${channel.id}|${channel.name}>`;
}
