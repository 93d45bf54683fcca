import { describe, expect, it, jest } from '@jest/globals';
import { actionStatus } from '../support/account.ts';
import { auditOf } from '../support/audited.ts';
import { LIVE, QUICK } from '../support/cast.ts';
import { until } from '../support/door.ts';
import { Forger } from '../support/forging/forger.ts';
import { findButton } from '../support/messages.ts';
import { isHeld } from '../support/retold.ts';
import { sceneForEach } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

jest.setTimeout(60_000);

/** Somebody of another company stands among the approvers, too. */
const WITH_A_PARTNER = QUICK.replace('from: [S0APPROVE1, U0OLIVE001]', 'from: [S0APPROVE1, U0OLIVE001, U0EXT00001]');
const JACK = 'U0JACK0001';

/** The last answer to somebody alone, who cannot read it any more. */
async function toldInVain(stage: Stage, user: string): Promise<string> {
  return until(`an answer to ${user}`, async () => {
    const entries = await stage.door.get<readonly { kind: string; to?: string; text?: string }[]>('/slack/transcript?channel=shop');
    return entries.findLast(({ kind, to }) => kind === 'ephemeral' && to === user)?.text;
  });
}

describe('an approver', () => {
  const scene = sceneForEach({ config: WITH_A_PARTNER });

  it('is nobody while Slack does not say who is in the group, and never who is from outside, a bot, or gone', async () => {
    const { stage, aws, tale } = scene();
    const [grace, ext] = [stage.person('grace'), stage.person('ext')];
    await stage.door.post('/slack/channel', { name: 'shop', members: ['ada', 'grace', 'linus', 'olive', 'gus', 'min', 'ext', 'jack'] });
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);

    const fault = await stage.door.post<{ id: string }>('/faults', { service: 'slack', operation: 'usergroups.users.list', when: 'before', fault: { kind: 'error', code: 'team_added_to_org' }, times: 100 });
    tale.note('Slack moves the workspace, and does not tell who is in release-approvers');
    await grace.clicks('shop', 'Approve');
    await grace.reads('shop', 'gave up');
    await ext.clicks('shop', 'Approve');
    await ext.reads('shop', 'never approve');
    const { message, element } = findButton(await grace.sees('shop'), 'Approve') ?? {};
    const made = new Forger(stage).click({ user: JACK, button: 'approval.approve', value: element?.value ?? '', at: { channel: 'C0SHOP0001', ts: message?.ts ?? '' } });
    const { answer } = await new Forger(stage).send(made);
    tale.note(`somebody makes up a click of a bot on [Approve], which is told: ${answer ?? ''}`);
    const hold = await stage.door.post<{ id: string }>('/holds', { service: 'slack', operation: 'users.info', when: 'before' });
    await stage.person('min').clicks('shop', 'Approve');
    await isHeld(scene(), 'Jack to look up who min is', hold);
    await stage.door.post('/slack/user', { user: 'min', role: 'deactivated' });
    tale.note('an admin of Slack closes min’s account before Jack has looked up who that is');
    await stage.door.post(`/holds/${hold.id}/release`);
    tale.note(`min cannot read the answer any more: ${await toldInVain(stage, 'U0MIN00001')}`);
    await tale.moment('nobody has decided anything');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await stage.door.delete(`/faults/${fault.id}`);
    tale.note('Slack tells it again');
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('never-approvers');
    expect(found).toBe(wanted);
    const refused = (await auditOf(stage)).filter(({ what, outcome }) => what === 'click.approval.approve' && outcome === 'refused');
    expect(refused.map(({ who, rule }) => `${who} ${rule}`)).toEqual(['U0GRACE001 refused:gave-up', 'U0EXT00001 refused:not-approver', `${JACK} refused:not-approver`, 'U0MIN00001 refused:not-approver']);
  });
});
