import type { Workspace } from '../../../sandbox/web/page/door/shapes.ts';

const everyone = ['U0ADA00001', 'U0GRACE001', 'U0LINUS001', 'U0OLIVE001', 'U0MIN00001', 'U0JACK0001'];

/** Team Acme, as the real sandbox has it. */
export const fakeWorkspace: Workspace = {
  team: { id: 'T0ACME0001', name: 'Acme' },
  users: [
    { id: 'U0ADA00001', name: 'ada', realName: 'Ada Lovelace', role: 'member', title: 'Developer', color: '9f69e7' },
    { id: 'U0GRACE001', name: 'grace', realName: 'Grace Hopper', role: 'member', title: 'Release manager', color: '4bbe2e' },
    { id: 'U0LINUS001', name: 'linus', realName: 'Linus Lind', role: 'member', title: 'Developer', color: 'e7392d' },
    { id: 'U0OLIVE001', name: 'olive', realName: 'Olive Okoro', role: 'member', title: 'Owner of shop and api', color: '3c989f' },
    { id: 'U0GUS00001', name: 'gus', realName: 'Gus Guest', role: 'guest', title: 'Contractor', color: '674b1b' },
    { id: 'U0MIN00001', name: 'min', realName: '민지 Kim', role: 'member', title: 'Developer, Seoul', color: 'e96699' },
    { id: 'U0EXT00001', name: 'ext', realName: 'Exa Ternal', role: 'external', title: 'Partner', color: '5b89d5' },
    { id: 'U0DEE00001', name: 'dee', realName: 'Dee Parted', role: 'deactivated', title: '', color: '99a949' },
    { id: 'U0JACK0001', name: 'jack', realName: 'Jack', role: 'bot', title: 'Ships', color: '2b6cb0' },
  ],
  channels: [
    { id: 'C0SHOP0001', name: 'shop', members: [...everyone, 'U0GUS00001'] },
    { id: 'C0API00001', name: 'api', members: everyone },
    { id: 'C0GENERAL1', name: 'general', members: everyone },
  ],
  usergroups: [{ id: 'S0APPROVE1', handle: 'release-approvers', name: 'Release approvers', users: ['U0GRACE001', 'U0MIN00001'] }],
  commands: [
    { command: '/deploy', description: 'Start a release, or ask what runs', usageHint: '[app] [to] environment[@revision] [reason]' },
    { command: '/rollback', description: 'Go back to the last version that worked', usageHint: '[app] [environment] [@version] [reason]' },
    { command: '/jack', description: 'Ask Jack', usageHint: 'help' },
  ],
};
