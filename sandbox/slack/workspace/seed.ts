import type { Command, Role } from './people.ts';

export type SeedUser = { readonly id: string; readonly name: string; readonly realName: string; readonly role: Role; readonly title: string; readonly email?: string; readonly color?: string };
export type SeedChannel = { readonly id: string; readonly name: string; readonly members: readonly string[]; readonly private?: boolean; readonly archived?: boolean; readonly topic?: string };
export type SeedUsergroup = { readonly id: string; readonly handle: string; readonly name: string; readonly users: readonly string[] };

/** The app under test as it is installed: who it is, its secrets, and what it may do. */
export type SeedApp = {
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Bot scopes that were granted. */
  readonly scopes: readonly string[];
  /** Events the manifest subscribes to. */
  readonly events: readonly string[];
};

/** A workspace to start from. User ids in `members` and `users`. */
export type SlackSeed = {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly users: readonly SeedUser[];
  readonly channels: readonly SeedChannel[];
  readonly usergroups: readonly SeedUsergroup[];
  readonly commands: readonly Command[];
  readonly app: SeedApp;
};

const everyone = ['U0ADA00001', 'U0GRACE001', 'U0LINUS001', 'U0OLIVE001', 'U0MIN00001', 'U0JACK0001'];

/** Team Acme: Ada asks, Grace approves, Linus writes, Olive owns; and the people an app must be careful with. */
export const defaultSeed: SlackSeed = {
  team: { id: 'T0ACME0001', name: 'Acme', domain: 'acme' },
  users: [
    { id: 'U0ADA00001', name: 'ada', realName: 'Ada Lovelace', role: 'member', title: 'Developer', color: '9f69e7' },
    { id: 'U0GRACE001', name: 'grace', realName: 'Grace Hopper', role: 'member', title: 'Release manager', color: '4bbe2e' },
    { id: 'U0LINUS001', name: 'linus', realName: 'Linus Lind', role: 'member', title: 'Developer', color: 'e7392d' },
    { id: 'U0OLIVE001', name: 'olive', realName: 'Olive Okoro', role: 'member', title: 'Owner of shop and api', color: '3c989f' },
    { id: 'U0GUS00001', name: 'gus', realName: 'Gus Guest', role: 'guest', title: 'Contractor', color: '674b1b' },
    { id: 'U0MIN00001', name: 'min', realName: '민지 Kim', role: 'member', title: 'Developer, Seoul', color: 'e96699' },
    { id: 'U0EXT00001', name: 'ext', realName: 'Exa Ternal', role: 'external', title: 'Partner', email: 'ext@partner.test', color: '5b89d5' },
    { id: 'U0DEE00001', name: 'dee', realName: 'Dee Parted', role: 'deactivated', title: '', color: '99a949' },
    { id: 'U0JACK0001', name: 'jack', realName: 'Jack', role: 'bot', title: 'Ships', color: '2b6cb0' },
  ],
  channels: [
    { id: 'C0SHOP0001', name: 'shop', members: [...everyone, 'U0GUS00001'], topic: 'The shop and its releases' },
    { id: 'C0API00001', name: 'api', members: [...everyone, 'U0EXT00001'], topic: 'The API, shared with our partner' },
    { id: 'C0GENERAL1', name: 'general', members: everyone, topic: 'Company-wide' },
  ],
  usergroups: [{ id: 'S0APPROVE1', handle: 'release-approvers', name: 'Release approvers', users: ['U0GRACE001', 'U0MIN00001'] }],
  commands: [
    { command: '/deploy', description: 'Start a release, or ask what runs', usageHint: '[app] [to] environment[@revision] [reason]', shouldEscape: true },
    { command: '/rollback', description: 'Go back to the last version that worked', usageHint: '[app] [environment] [@version] [reason]', shouldEscape: true },
    { command: '/jack', description: 'Ask Jack', usageHint: 'help', shouldEscape: true },
  ],
  app: {
    appId: 'A0JACK0001',
    botId: 'B0JACK0001',
    botUserId: 'U0JACK0001',
    botToken: 'xoxb-sandbox-jack',
    appToken: 'xapp-1-A0JACK0001-sandbox',
    signingSecret: 'sandbox-signing-secret',
    scopes: [
      'commands', 'chat:write', 'chat:write.public', 'app_mentions:read', 'channels:read', 'groups:read', 'im:read', 'mpim:read', 'channels:history',
      'groups:history', 'im:history', 'mpim:history', 'channels:join', 'im:write', 'files:write', 'files:read', 'usergroups:read', 'users:read',
      'users:read.email', 'pins:read', 'pins:write', 'reactions:read', 'reactions:write', 'bookmarks:read', 'bookmarks:write',
    ],
    events: ['app_mention', 'message.im', 'app_home_opened', 'member_joined_channel', 'subteam_updated', 'subteam_members_changed', 'channel_archive', 'channel_rename'],
  },
};
