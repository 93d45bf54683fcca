import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { describe, expect, it } from '@jest/globals';
import { sessionNameOf, type ReadClients } from '../../src/aws/clients.ts';
import { readAnswer } from '../../src/aws/effects/approvals.ts';
import type { EffectTools } from '../../src/aws/effects/tools.ts';
import { findFree, findHold, transitionReason } from '../../src/aws/effects/transitions.ts';
import { isOwnCall } from '../../src/aws/identity.ts';
import type { EffectResult } from '../../src/ports.ts';
import { anApp } from '../support/world/builders.ts';
import { approval, attempt, TOKEN } from './recorded/shop.ts';

describe('the reason of a held transition', () => {
  it.each([
    ["Jack's lock #412, until 18:00: <migration>", 'Jack s lock 412 until 18 00 migration'],
    ['Jack release 7 works on shop-prod (hold 1b-2c)', 'Jack release 7 works on shop-prod (hold 1b-2c)'],
    ['ümläut', 'ml ut'],
    ['한국어', 'held'],
    ['', 'held'],
  ])('%j becomes %j', (text, expected) => {
    expect(transitionReason(text)).toBe(expected);
    expect(transitionReason(text)).toMatch(/^[a-zA-Z0-9!@ ().*?-]{1,300}$/);
  });

  it('is cut to what AWS takes, and stays the same when made again', () => {
    const reason = transitionReason('word '.repeat(100));
    expect(reason.length).toBeLessThanOrEqual(300);
    expect(transitionReason(reason)).toBe(reason);
  });
});

const MINE = 'Jack release 7 works on shop-prod (hold 00000000-0000-4000-8000-000000000007)';
const ANOTHERS = 'Jack release 6 works on shop-prod (hold 00000000-0000-4000-8000-000000000006)';

const LOCKS = 'Jack lock of prod (lock 00000000-0000-4000-8000-000000000008)';
const FREEZES = 'Jack freeze of prod (freeze 00000000-0000-4000-8000-000000000009)';

/** Clients of which only CodePipeline's answers, and always the same. */
function answering(answer: object): ReadClients {
  return { codepipeline: { send: async () => answer } } as unknown as ReadClients;
}

function disabledFor(disabledReason: string | undefined): Pick<EffectTools, 'read' | 'app'> {
  const inboundTransitionState = disabledReason === undefined ? { enabled: true } : { enabled: false, disabledReason };
  const read: EffectTools['read'] = async (_account, _operation, input, send) => send(answering({ stageStates: [{ stageName: 'Prod', inboundTransitionState }] }), input);
  return { app: anApp(), read };
}

describe('a transition that is found', () => {
  const at = { pipeline: 'shop-pipeline', stage: 'Prod', reason: MINE } as const;

  it.each<readonly [string, string | undefined, EffectResult | undefined, EffectResult | undefined]>([
    ['open', undefined, undefined, { kind: 'done' }],
    ['held for this release', MINE, { kind: 'done' }, undefined],
    ['held for another release', ANOTHERS, undefined, { kind: 'overtaken', text: ANOTHERS }],
    ['held for a lock, which stays closed for longer', LOCKS, { kind: 'overtaken', text: LOCKS }, { kind: 'overtaken', text: LOCKS }],
    ['disabled by somebody', 'release freeze', { kind: 'overtaken', text: 'release freeze' }, { kind: 'overtaken', text: 'release freeze' }],
  ])('%s: taken over only from Jack, and freed only by whose it is', async (_how, reason, held, freed) => {
    expect(await findHold(disabledFor(reason), { kind: 'hold-transition', ...at })).toEqual(held);
    expect(await findFree(disabledFor(reason), { kind: 'free-transition', ...at })).toEqual(freed);
  });

  it.each<readonly [string, string | undefined, EffectResult | undefined, EffectResult | undefined]>([
    ['open', undefined, undefined, { kind: 'done' }],
    ['held for this lock', LOCKS, { kind: 'done' }, undefined],
    ['held for a freeze', FREEZES, undefined, { kind: 'overtaken', text: FREEZES }],
    ['held for a release', MINE, undefined, { kind: 'overtaken', text: MINE }],
    ['disabled by somebody who writes like Jack', 'Jack lock of prod', { kind: 'overtaken', text: 'Jack lock of prod' }, { kind: 'overtaken', text: 'Jack lock of prod' }],
  ])('%s: a lock takes over all that Jack holds, and nothing else', async (_how, reason, held, freed) => {
    const lock = { ...at, reason: LOCKS } as const;
    expect(await findHold(disabledFor(reason), { kind: 'hold-transition', ...lock })).toEqual(held);
    expect(await findFree(disabledFor(reason), { kind: 'free-transition', ...lock })).toEqual(freed);
  });

  it('takes nothing over that only reads like Jack’s', async () => {
    expect(await findHold(disabledFor(ANOTHERS), { kind: 'hold-transition', ...at, foreign: [ANOTHERS] })).toEqual({ kind: 'overtaken', text: ANOTHERS });
  });
});

describe('the name of a role session', () => {
  it('tells the person, and the release or that it is for a lock', () => {
    expect(sessionNameOf('U0ADA00001', 412)).toBe('U0ADA00001-r412');
    expect(sessionNameOf(undefined, 412)).toBe('jack-r412');
    expect(sessionNameOf('U0ADA00001', undefined)).toBe('U0ADA00001-lock');
    expect(sessionNameOf(undefined, undefined)).toBe('jack-lock');
    expect(sessionNameOf('someone with spaces', 1)).toBe('someone-with-spaces-r1');
  });
});

describe('a call', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/teams/jack';
  const identity = { account: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/task/0a1b' };
  it.each([
    ['by Jack\'s session', 'arn:aws:sts::123456789012:assumed-role/jack/U1-r7', { identity, roleArn, sessionName: 'U1-r7' }, true],
    ['for another release', 'arn:aws:sts::123456789012:assumed-role/jack/U1-r8', { identity, roleArn, sessionName: 'U1-r7' }, false],
    ['by another role', 'arn:aws:sts::123456789012:assumed-role/admin/U1-r7', { identity, roleArn, sessionName: 'U1-r7' }, false],
    ['in another account', 'arn:aws:sts::999999999999:assumed-role/jack/U1-r7', { identity, roleArn, sessionName: 'U1-r7' }, false],
    ['by the same task role, restarted', 'arn:aws:sts::123456789012:assumed-role/task/9f9f', { identity, sessionName: 'U1-r7' }, true],
    ['by a person', 'arn:aws:iam::123456789012:user/olive', { identity, sessionName: 'U1-r7' }, false],
    ['by Jack\'s user', 'arn:aws:iam::123456789012:user/jack', { identity: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/jack' }, sessionName: 'U1-r7' }, true],
    ['by nobody known', '', { identity, sessionName: 'U1-r7' }, false],
  ])('%s is Jack\'s own: see table', (_what, arn, own, expected) => {
    expect(isOwnCall(arn, own)).toBe(expected);
  });
});

/** The approval, answered with these words. */
function ended(summary: string, more: object = {}, token: string | undefined = TOKEN): ActionExecutionDetail {
  const output = { executionResult: { ...(token !== '' && { externalExecutionId: token }), externalExecutionSummary: summary } };
  return attempt({ category: 'Approval', provider: 'Manual', stageName: 'Prod', actionName: 'ApproveProd', updatedBy: 'arn:aws:iam::123456789012:user/olive', output, ...more });
}

/** The approval asks; no token: AWS does not list it. */
const asksAnew = (token: string): ActionExecutionDetail => ({ ...approval, output: { executionResult: token === '' ? {} : { externalExecutionId: token } } });

describe('the answer to an approval, as AWS lists it', () => {
  const summary = 'Rejected by grace: Not yet (Jack release 7, approval 1a2b3c4d)';
  const effect = { kind: 'answer-approval', approvalId: '1a2b3c4d-0000-4000-8000-000000000001', pipeline: 'shop', stage: 'Prod', action: 'ApproveProd', token: TOKEN, approved: false, summary } as const;
  const older = 'Rejected by grace: Not yet (Jack release 7, approval 99999999)';

  it('is ours by its token and its summary', () => {
    expect(readAnswer([ended(summary)], effect)).toEqual({ kind: 'done' });
  });

  it('is ours by the question that it names, where AWS lists no token, or when the next execution asks already', () => {
    expect(readAnswer([ended(summary, {}, '')], effect)).toEqual({ kind: 'done' });
    expect(readAnswer([asksAnew(''), ended(summary, {}, ''), ended(older, {}, '')], effect)).toEqual({ kind: 'done' });
  });

  it('is another\'s by the token and other words', () => {
    expect(readAnswer([ended('ok')], effect)).toEqual({ kind: 'overtaken', text: 'the approval was answered by arn:aws:iam::123456789012:user/olive: ok' });
  });

  it('is none while the approval is open, or is another one', () => {
    expect(readAnswer([approval], effect)).toBeUndefined();
    expect(readAnswer([ended(summary, { stageName: 'Dev' })], effect)).toBeUndefined();
    expect(readAnswer([], effect)).toBeUndefined();
  });

  it('is not the answer to an older attempt, even with the same words', () => {
    expect(readAnswer([asksAnew(TOKEN), ended(summary, {}, 'token-before')], effect)).toBeUndefined();
    expect(readAnswer([ended('no', { updatedBy: 'olive' }), ended(summary, {}, 'token-before')], effect)).toMatchObject({ kind: 'overtaken' });
    expect(readAnswer([asksAnew(''), ended(older, {}, '')], effect)).toBeUndefined();
    const unmarked = 'Rejected by grace: Not yet (Jack release 7)';
    expect(readAnswer([asksAnew(''), ended(unmarked, {}, '')], { ...effect, summary: unmarked })).toBeUndefined();
  });
});
