import type { Method } from './method.ts';

/** auth.test, api.test, apps.connections.open. */
export const authMethods: readonly Method[] = [
  {
    name: 'auth.test',
    scopes: [],
    tier: 'free',
    mutates: false,
    token: 'any',
    run: ({ workspace }) => ({
      url: `https://${workspace.team.domain}.slack.com/`,
      team: workspace.team.name,
      user: workspace.bot.name,
      team_id: workspace.team.id,
      user_id: workspace.bot.id,
      bot_id: workspace.app.botId,
      is_enterprise_install: false,
    }),
  },
  { name: 'api.test', scopes: [], tier: 4, mutates: false, token: 'none', run: ({ args }) => ({ args: args.raw }) },
  { name: 'apps.connections.open', scopes: [], tier: 3, mutates: false, token: 'app', run: ({ slack }) => ({ url: slack.delivery.sockets.newAddress() }) },
];
