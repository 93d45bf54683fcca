import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Release } from '../../src/domain/release.ts';
import { holdReason } from '../../src/domain/effect.ts';
import { digest } from '../../src/views/message.ts';
import { releaseThread } from '../../src/views/release-thread.ts';
import { statusWords } from '../../src/views/status.ts';
import { aDeploy, ADA, anApproval, anExecution, aRelease, GRACE, T0 } from '../support/world/builders.ts';
import { releases } from '../support/world/hostile.ts';
import { wrongWith } from '../support/world/slack-limits.ts';
import { wordsOf } from '../support/world/transcript.ts';
import { cases } from '../support/cases.ts';

const LINKS = { execution: 'https://aws.example/execution' };
const thread = (release: Release) => releaseThread(release, LINKS);
const words = (release: Release): string => thread(release).map((message) => [message.text, ...message.blocks.map(wordsOf)].join('\n')).join('\n\n');
const outcome = [{ key: 'outcome', at: T0, what: { kind: 'outcome' } }] as const;

describe('the thread of any release', () => {
  it('is taken by Slack, and notifies nobody whom a stranger named', () => {
    fc.assert(
      fc.property(releases, (release) => {
        expect(thread(release).flatMap(wrongWith)).toEqual([]);
      }),
      { numRuns: cases(500) },
    );
  });

  it('has one message for each key, the headline first, and is the same whenever it is drawn', () => {
    fc.assert(
      fc.property(releases, (release) => {
        const drawn = thread(release);
        const keys = drawn.map((message) => message.key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(drawn.map((message) => message.place)).toEqual(keys.map((key) => (key === 'headline' ? 'root' : 'reply')));
        expect(thread(release).map(digest)).toEqual(drawn.map(digest));
      }),
      { numRuns: cases(500) },
    );
  });
});

describe('the headline', () => {
  it('says who asked, why, and what', () => {
    const shown = words(aRelease({ requesters: [{ user: ADA, at: T0, reason: 'it is time' }, { user: GRACE, at: T0 }] }));
    expect(shown).toContain(`asked by <@${ADA}>, <@${GRACE}>`);
    expect(shown).toContain('“it is time”');
    expect(shown).toContain('`aaaaaaa` Fix the basket');
  });

  it.each(['push', 'schedule', 'console', 'rollback', 'other'] as const)('says how it began when nobody typed it: %s', (kind) => {
    expect(words(aRelease({ requesters: [], origin: { kind, who: 'arn:aws:iam::1:user/olive' } }))).toMatch(/started/);
  });

  it.each([[1, 'place 1, behind #7'], [2, 'place 2, behind #7 and 1 more'], [4, 'place 4, behind #7 and 3 more']])('says how many come before it: place %i', (place, told) => {
    expect(statusWords(aRelease({ status: 'waiting', waiting: { for: 'queue', behind: 7, place } }))).toBe(`waiting in the queue, ${told}`);
  });

  it('offers to cancel only what is on its way and is not being cancelled', () => {
    expect(words(aRelease())).toContain('[Cancel]');
    expect(words(aRelease({ cancel: { by: ADA, at: T0 } }))).not.toContain('[Cancel]');
    expect(words(aRelease({ status: 'live' }))).not.toContain('[Cancel]');
  });

  it('offers to roll back only where the environment was touched', () => {
    const touched = { deploys: [aDeploy({ status: 'done' })] };
    expect(words(aRelease({ status: 'failed', ...touched }))).toContain('[Roll back]');
    expect(words(aRelease({ status: 'failed' }))).not.toContain('[Roll back]');
    expect(words(aRelease({ status: 'live', ...touched }))).not.toContain('[Roll back]');
    expect(words(aRelease({ status: 'failed', purpose: 'rollback', ...touched }))).not.toContain('[Roll back]');
  });

  it('says since when it cannot see', () => {
    expect(words(aRelease({ trouble: { since: T0, text: 'AccessDenied', faultId: 'f-7Q2K' } }))).toContain('AccessDenied');
  });

  it('shows how far each stage is', () => {
    const execution = anExecution({ 'Source/Source': { status: 'Succeeded', startedAt: T0, updatedAt: T0 + 3000 }, 'Build/Build': { status: 'Failed' }, 'Dev/Deploy': { status: 'InProgress' }, 'Prod/Approve': { status: 'InProgress' } });
    const stages = execution.stages.map((stage, index) => ({ ...stage, ...(index === 0 && { status: 'Succeeded' as const }) }));
    const shown = words(aRelease({ stages, deploys: [aDeploy({ environment: 'dev', stage: 'Dev', instances: { updated: 1, total: 2 } })] }));
    expect(shown).toMatch(/✅ Source 3 s .* ❌ Build .* 🔄 Dev 1\/2 .* ✋ Prod/);
  });
});

const pushed = (changes: Partial<Release>) => thread(aRelease({ requesters: [], origin: { kind: 'push' }, ...changes })).length > 0;

describe('how loud a release is that nobody typed', () => {
  it.each<readonly [string, Partial<Release>, boolean]>([
    ['all, from the start', { loudness: 'all' }, true],
    ['approvals, before anybody is needed', { loudness: 'approvals' }, false],
    ['approvals, once somebody is needed', { loudness: 'approvals', approvals: [anApproval()] }, true],
    ['approvals, when it fails', { loudness: 'approvals', status: 'failed' }, true],
    ['approvals, when it ends well unseen', { loudness: 'approvals', status: 'live' }, false],
    ['failures, while somebody is needed', { loudness: 'failures', approvals: [anApproval()] }, false],
    ['failures, when it fails', { loudness: 'failures', status: 'mixed-versions' }, true],
    ['failures, when somebody asked after all', { loudness: 'failures', requesters: [{ user: ADA, at: T0 }] }, true],
  ])('%s', (_what, changes, told) => {
    expect(pushed(changes)).toBe(told);
  });
});

describe('the card of an approval', () => {
  const note = [{ key: 'approval', at: T0, what: { kind: 'approval-asked', approvalId: 'approval-1' } }] as const;
  const card = (changes: Parameters<typeof anApproval>[0], more: Partial<Release> = {}): string => words(aRelease({ approvals: [anApproval(changes)], notes: note, ...more }));

  it('mentions who may answer, and has buttons only while it is open', () => {
    expect(card({})).toMatch(/<@U0GRACE001> and <!subteam\^S0LEADS001>[\s\S]*\[Approve\] \[Approve with a comment…\] \[Reject\]/);
    for (const state of ['decided', 'confirmed', 'overtaken', 'expired', 'withdrawn'] as const) expect(card({ state, verdict: 'approved' })).not.toContain('[Approve]');
  });

  it('says “Approved by” only when AWS took it', () => {
    const decisions = [{ by: GRACE, at: T0, approves: true }];
    for (const state of ['open', 'decided', 'overtaken', 'expired', 'withdrawn'] as const) expect(card({ state, verdict: 'approved', decisions })).not.toContain('Approved by');
    expect(card({ state: 'confirmed', verdict: 'approved', decisions })).toContain(`Approved by <@${GRACE}>`);
  });

  it('does not count who came to ask for the release', () => {
    const two = { policy: { from: [GRACE], count: 2 }, decisions: [{ by: GRACE, at: T0, approves: true }] };
    expect(card(two)).toContain('1 of 2');
    expect(card(two, { requesters: [{ user: GRACE, at: T0 }] })).not.toContain('1 of 2');
  });

  it('says what to write where nobody can answer', () => {
    const { policy: _none, ...bare } = anApproval();
    expect(words(aRelease({ approvals: [bare], notes: note }))).toContain('approval: { from:');
    expect(card({ policy: { from: [], count: 1 } })).toContain('is empty in jack.yml');
    expect(card({ policy: { from: [], count: 1 } })).not.toContain('[Approve]');
  });

  it('whose time ran out names who said yes, and rejects in nobody’s name', () => {
    const decisions = [{ by: GRACE, at: T0, approves: true }];
    const two = { policy: { from: [GRACE], count: 2 }, verdict: 'rejected' } as const;
    expect(card({ ...two, state: 'expired', decisions })).toContain(`Not approved in time: 1 of 2, by <@${GRACE}>`);
    expect(card({ ...two, state: 'expired' })).toContain('Nobody answered in time');
    expect(card({ ...two, policy: { from: [GRACE], count: 1 }, state: 'expired', decisions })).toContain('time ran out before *prod* was free');
    expect(card({ ...two, state: 'decided', decisions })).toContain('The time to answer is over');
  });

  it('does not say “outside Slack” of what another release may have been told in Slack', () => {
    const who = 'arn:aws:sts::1:assumed-role/jack/grace-7';
    const faster = { state: 'overtaken', verdict: 'rejected' } as const;
    expect(card({ ...faster, elsewhere: { who, summary: 'Rejected by grace (Slack U1): no (Jack release 7, approval 0a1b2c3d)' } })).toMatch(/Rejected elsewhere by [^:]+: “Rejected by grace/);
    expect(card({ ...faster, elsewhere: { who, summary: 'no' } })).toContain('Rejected outside Slack by');
  });

  it('names who was faster elsewhere', () => {
    expect(card({ state: 'overtaken', verdict: 'approved', elsewhere: { who: 'arn:aws:iam::1:user/olive', summary: 'fine' } })).toMatch(/outside Slack by olive.*fine/);
  });
});

const aborted = (deploy: object): string =>
  words(aRelease({ status: 'failed', outcome: 'The previous version still runs on every instance.', notes: outcome, failure: { cause: 'ERROR', links: [] }, deploys: [aDeploy({ aborted: true, ...deploy })] }));

/** Asked and closed so many minutes after T0. */
const asked = (from: number, to?: number) => anApproval({ askedAt: T0 + from * 60_000, ...(to !== undefined && { closedAt: T0 + to * 60_000 }) });
const took = (approvals: Release['approvals'], more: Partial<Release> = {}) => /(?:It took|Rolled back in) [^.]*\./.exec(words(aRelease({ status: 'live', statusAt: T0 + 252 * 60_000, notes: outcome, approvals, ...more })))?.[0];

describe('the closing reply', () => {
  it.each(['live', 'rejected', 'expired', 'superseded', 'cancelled', 'lost'] as const)('of %s has words of its own and is quiet', (status) => {
    const last = thread(aRelease({ status, outcome: 'so it was', notes: outcome })).at(-1);
    expect(last?.text).not.toContain('Ended:');
    expect(last?.text.length).toBeGreaterThan(10);
    expect(last?.broadcast ?? false).toBe(false);
  });

  it('says how long it took, and how much of that it waited for people, who may be asked twice at a time', () => {
    expect(took([])).toBe('It took 4 h 12 min.');
    expect(took([asked(2, 2.9)])).toBe('It took 4 h 12 min.');
    expect(took([asked(30, 60), asked(2, 40), asked(100, 242)])).toBe('It took 4 h 12 min, 3 h 20 min of it waiting for approval.');
    const decided = { verdict: 'approved', decisions: [{ by: GRACE, approves: true, at: T0 + 10 * 60_000 }] } as const;
    expect(took([{ ...asked(0, 250), ...decided }])).toBe('It took 4 h 12 min, 10 min of it waiting for approval.');
    expect(took([asked(132), asked(12, 22)], { purpose: 'rollback' })).toBe('Rolled back in 4 h 12 min, 2 h 10 min of it waiting for approval.');
  });

  it('of what was replaced does not claim that it runs, and offers no way back', () => {
    const verdict = { outcome: 'live-not-verified', because: 'It was deployed, but #7 replaced it.', replaced: { by: 7, rolledBack: false } } as const;
    const replaced = aRelease({ status: 'live-not-verified', outcome: verdict.because, notes: outcome, deploys: [aDeploy({ status: 'done', verdict })] });
    expect(words(replaced)).toContain('It was deployed, but #7 replaced it.');
    expect(words(replaced)).not.toMatch(/[Ll]ive|\[Roll back\]/);
    expect(thread(replaced).at(-1)?.broadcast ?? false).toBe(false);
    expect(words({ ...replaced, deploys: [aDeploy({ status: 'done' })] })).toMatch(/Live on[\s\S]*\[Roll back\]/);
  });

  it('of a failure is shown in the channel and mentions who asked', () => {
    const failed = aRelease({ status: 'failed', notes: outcome, failure: { cause: 'npm ERR!', stage: 'Build', action: 'Build', logTail: ['npm ERR! 1'], links: [] } });
    const last = thread(failed).at(-1);
    expect(last).toMatchObject({ broadcast: true });
    expect(words(failed)).toContain(`<@${ADA}>`);
    expect(words(failed)).toContain('npm ERR! 1');
    expect(words(failed)).toContain('was not touched');
  });

  it('of a failure says nothing that a later release makes false', () => {
    const failure = { cause: 'npm ERR!', links: [] };
    const followed = words(aRelease({ status: 'failed', notes: outcome, failure, followedBy: 4 }));
    expect(followed).toContain(`*prod* was not touched by this release. #4 came to run there afterwards. <@${ADA}>`);
    expect(followed).not.toMatch(/runs (there|what)/);
  });

  it('of a call that AWS refused says what to do', () => {
    const cause = 'Beanstalk did not take it: Allow elasticbeanstalk:UpdateEnvironment';
    const refused = aRelease({ status: 'failed', purpose: 'rollback', outcome: cause, notes: outcome, failure: { cause, refused: true, links: [] } });
    expect(thread(refused).at(-1)).toMatchObject({ broadcast: true, text: expect.stringContaining(cause) });
    expect(words(refused)).toMatch(/was not touched.*ask again\..*<@U0ADA00001>/);
  });

  it('of an aborted deployment says who aborted it, and what is left', () => {
    expect(aborted({ abortedBy: 7 })).toMatch(/The rollback #7 aborted the deployment\.[\s\S]*still runs on every instance/);
    expect(aborted({})).toContain('The deployment was aborted.');
  });

  it('of a cancelled rollback that had aborted a deployment does not say that nothing was touched', () => {
    const cancelled = { status: 'cancelled', purpose: 'rollback', outcome: 'It had aborted.', notes: outcome } as const;
    expect(words(aRelease(cancelled))).toContain('was not touched');
    expect(words(aRelease({ ...cancelled, abortedFirst: { state: 'done' } }))).not.toContain('was not touched');
  });
});

describe('what AWS refused', () => {
  it.each([
    ['hold', 'may deploy to *prod* while this release works there'],
    ['free', 'Enable the transition by hand'],
    ['abort', 'the deployment goes on'],
    ['abort-first', 'the rollback waits'],
    ['cancel', 'the release goes on'],
    ['approval', 'nothing is decided'],
  ] as const)('is told in AWS’s words, with what follows: %s', (what, then) => {
    const text = 'Jack may not call it.';
    const told = words(aRelease({ notes: [{ key: 'refused', at: T0, what: { kind: 'refused-by-aws', what, text, transition: { pipeline: 'shop-pipeline', stage: 'Prod' } } }] }));
    expect(told).toContain(then);
    expect(told).toContain(text);
    if (what === 'hold' || what === 'free') expect(told).toContain('stage Prod of pipeline shop-pipeline');
  });

  it('leaves a release that Jack could not stop as it is, and lets people try', () => {
    const note = [{ key: 'revision-differs', at: T0, what: { kind: 'revision-differs', asked: 'a', found: 'b' } }] as const;
    const unstopped = words(aRelease({ status: 'running', cancel: { by: 'jack', at: T0, refused: true }, notes: note }));
    expect(unstopped).toMatch(/on its way[\s\S]*\[Cancel\][\s\S]*could not be stopped; nothing of it can be approved/);
    expect(unstopped).not.toContain('being stopped');
  });
});

const waits = (reason: string): string => words(aRelease({ status: 'waiting', waiting: { for: 'transition', stage: 'Prod', reason } }));

describe('a transition that is disabled', () => {
  it('is for people to enable, unless Jack holds it for another release', () => {
    expect(waits('release freeze')).toContain('It goes on when that is enabled in AWS');
    expect(waits(holdReason({ id: '00000000-0000-4000-8000-000000000007', number: 7 }, 'shop-prod'))).toMatch(/#7 works there(?![\s\S]*enabled in AWS)/);
  });
});
