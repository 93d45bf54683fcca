import { describe, expect, it, jest } from '@jest/globals';
import { ADA, LINUS, actionStatus } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { EXPIRES_BY_POLICY, WITHOUT_POLICY, answeredInTheSameMoment, approvedInTheLastMoment, expiredByPolicy, expiredInAws, expiresInAwsAfter, openToken, rejectedInAws, rejectedInSlack } from './support/retold-approvals.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

describe('an approval', () => {
  const scene = sceneForEach();

  it('is found out when it was given in the console behind Jack’s back, and the buttons go', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('ada').reads('shop', /may .*go on/);
    await tale.moment('while it waits');
    const token = await openToken(scene());
    await aws.console('codepipeline', 'PutApprovalResult', { pipelineName: 'shop', stageName: 'Prod', actionName: 'ApproveProd', token, result: { status: 'Approved', summary: 'Looks <good> to me' } }, 'approves with “Looks <good> to me”');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('approved-in-the-console');
    expect(found).toBe(wanted);
  });

  it('is refused with a reason, in a form, and who asked is told', async () => {
    const { wanted, found } = await rejectedInSlack(scene());
    expect(found).toBe(wanted);
  });

  it('is not for who asked, not for who is no approver, and not for guests', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('olive').types('shop', '/deploy prod the basket fix');
    await stage.person('olive').clicks('shop', 'Approve');
    await stage.person('olive').reads('shop', 'yourself');
    await stage.person('linus').clicks('shop', 'Approve');
    await stage.person('linus').reads('shop', 'not among the approvers');
    await stage.person('gus').clicks('shop', 'Approve');
    await stage.person('gus').reads('shop', 'never approve');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await stage.person('min').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('who-may-approve');
    expect(found).toBe(wanted);
  });

  it('is nobody’s where the list of approvers is empty', async () => {
    const { stage, tale } = scene();
    await stage.begin(QUICK.replace('from: [S0APPROVE1, U0OLIVE001]', 'from: []'));
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', 'nobody can give');
    const { wanted, found } = await tale.ends('nobody-may-approve');
    expect(found).toBe(wanted);
  });

  it('is answered in AWS where the environment has no policy', async () => {
    await scene().stage.begin(WITHOUT_POLICY);
    const { wanted, found } = await rejectedInAws(scene());
    expect(found).toBe(wanted);
  });

  it('is the console’s when both answer in the same moment', async () => {
    const { wanted, found } = await answeredInTheSameMoment(scene());
    expect(found).toBe(wanted);
  });

  it('comes too late when its time in AWS is up before it arrives', async () => {
    const { config, seed } = expiresInAwsAfter(8);
    await scene().stage.begin(config, seed?.());
    const { wanted, found } = await approvedInTheLastMoment(scene());
    expect(found).toBe(wanted);
  });

  it('expires in AWS', async () => {
    const { config, seed } = expiresInAwsAfter(8);
    await scene().stage.begin(config, seed?.());
    const { wanted, found } = await expiredInAws(scene());
    expect(found).toBe(wanted);
  });

  it('expires by the policy, before AWS’s own time is up', async () => {
    await scene().stage.begin(EXPIRES_BY_POLICY);
    const { wanted, found } = await expiredByPolicy(scene());
    expect(found).toBe(wanted);
  });

  it('is the first that is heard of a push that nobody typed', async () => {
    const { stage, aws, tale } = scene();
    await aws.push('Fix <!channel> & <@U0ADA00001> in the basket\n\nlong story', LINUS);
    await aws.pipelineIs('the build to run', (pipeline) => actionStatus(pipeline, 'Build') === 'InProgress');
    expect(await stage.person('olive').readsChannel('shop')).toEqual([]);
    await stage.headline('shop', 'waiting for approval');
    await tale.moment('while it waits');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('a-push-nobody-typed');
    expect(found).toBe(wanted);
  });

  it('shows the newer execution that waits behind it, and a newer one takes over after a no', async () => {
    const { stage, aws, tale } = scene();
    await aws.push('Fix the basket', LINUS);
    await stage.headline('shop', 'waiting for approval');
    await aws.push('Fix it better', ADA);
    await stage.headline('shop', 'the newest: #2');
    await tale.moment('while one waits behind it');
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Reject');
    await grace.submits(await grace.form('reject'), { reason: { 'reject.reason': 'Take the better one' } });
    await stage.headline('shop', /waiting for approval[^]*Fix it better/);
    const { wanted, found } = await tale.ends('newer-behind');
    expect(found).toBe(wanted);
  });
});
