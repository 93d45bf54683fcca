import { describe, expect, it, jest } from '@jest/globals';
import { actionStatus } from '../support/account.ts';
import { LIVE, QUICK } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

/** Who deploys is a matter of the group too. */
const BY_GROUP = QUICK.replace('contributors: [U0ADA00001, U0GRACE001, U0LINUS001]', 'contributors: [S0APPROVE1]');

describe('who somebody is, is looked up when it matters', () => {
  const scene = sceneForEach({ config: BY_GROUP });

  it('who left the group or became a guest decides nothing any more, who joined does', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('linus').types('shop', '/deploy prod');
    await stage.person('linus').reads('shop', 'viewer');
    await stage.door.post('/slack/usergroup', { handle: 'release-approvers', users: ['linus', 'ada', 'min', 'grace'] });
    tale.note('an admin of Slack puts linus and ada into release-approvers');
    await stage.person('linus').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.door.post('/slack/usergroup', { handle: 'release-approvers', users: ['linus', 'ada', 'min'] });
    tale.note('an admin of Slack takes grace out of release-approvers');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.person('grace').reads('shop', 'not among the approvers');
    await stage.door.post('/slack/user', { user: 'min', role: 'guest' });
    tale.note('an admin of Slack makes min a guest');
    await stage.person('min').clicks('shop', 'Approve');
    await stage.person('min').reads('shop', 'never approve');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await stage.person('ada').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('people-change');
    expect(found).toBe(wanted);
  });
});
