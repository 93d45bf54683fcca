import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ApprovalRequest } from '../../../src/domain/approvals/approval.ts';
import type { Release } from '../../../src/domain/release.ts';
import { approvalReply } from '../../../src/views/approvals/card.ts';
import { commentForm } from '../../../src/views/approvals/comment-form.ts';
import { directMessages } from '../../../src/views/approvals/direct.ts';
import { nextReason } from '../../../src/views/approvals/next-in-line.ts';
import { decidedAnswer } from '../../../src/views/approvals/replies.ts';
import { ADA, anApproval, aRelease, commit, GRACE, LEADS, LINUS, OLIVE, T0 } from '../../support/world/builders.ts';
import { hostile, releases } from '../../support/world/hostile.ts';
import { wrongWith } from '../../support/world/slack-limits.ts';
import { wordsOf } from '../../support/world/transcript.ts';

const words = (all: ReturnType<typeof directMessages>): string => all.map((message) => [message.text, ...message.blocks.map(wordsOf)].join('\n')).join('\n\n');
const card = (changes: Partial<ApprovalRequest>, more: Partial<Release> = {}): string => words(approvalReply(aRelease({ approvals: [anApproval(changes)], ...more }), 'approval', 'approval-1', {}));
const direct = (changes: Partial<ApprovalRequest>, more: Partial<Release> = {}): string => words(directMessages(aRelease({ approvals: [anApproval({ absent: [GRACE], ...changes })], ...more }), undefined));
const yes = (by: string) => ({ by, at: T0, approves: true });
const reminded = (changes: Partial<ApprovalRequest>): ReturnType<typeof directMessages> =>
  directMessages(aRelease({ approvals: [anApproval({ absent: [LINUS, GRACE], ...changes })], notes: [{ key: 'reminder:approval-1', at: T0, what: { kind: 'reminder', approvalId: 'approval-1' } }] }), undefined).filter(({ key }) => key.startsWith('dm:reminder'));
const pushed: Partial<Release> = { requesters: [], origin: { kind: 'push' }, commits: { count: 1, commits: [{ author: { name: 'Linus', slackUser: LINUS } }], truncated: false } };

describe('a direct message', () => {
  it('is taken by Slack, and notifies nobody whom a stranger named, whatever stands in it', () => {
    fc.assert(
      fc.property(releases, hostile, (release, thread) => {
        expect(directMessages(release, `https://slack.example/${thread}`).flatMap(wrongWith)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('goes to each who is not there, and only those who had one read how it came out', () => {
    const [open] = directMessages(aRelease({ approvals: [anApproval({ absent: [LINUS] })] }), 'https://slack.example/x');
    expect(open).toMatchObject({ channel: LINUS, place: 'root', key: `dm:approval:approval-1:${LINUS}` });
    expect(open).not.toHaveProperty('onlyEdit');
    const [closed] = directMessages(aRelease({ approvals: [anApproval({ absent: [LINUS], state: 'confirmed', verdict: 'approved', decisions: [yes(GRACE)] })] }), undefined);
    expect(closed).toMatchObject({ onlyEdit: true, text: expect.stringContaining(`Approved by <@${GRACE}>`) });
  });

  it('says what the card says: who asked, how many are needed, until when, who wrote what ships, and why it is asked anew', () => {
    expect(direct({ expiresAt: T0, policy: { from: [LEADS], count: 2 } })).toMatch(new RegExp(`asked by <@${ADA}>  ·  2 approvals from different people are needed, not from who asked  ·  until <!date`));
    expect(direct({ policy: { from: [LEADS], count: 2 }, decisions: [yes(LINUS)] })).toContain(`1 of 2: approved by <@${LINUS}>`);
    expect(direct({}, pushed)).toContain('written by Linus: at least one yes has to be of somebody else');
    expect(direct({}, pushed)).not.toContain('asked by');
    expect(direct({ since: { kind: 'retried' } })).toContain('the stage was retried');
  });

  it('reminds where the question was asked, and nobody who has answered', () => {
    expect(reminded({}).map(({ channel, onlyEdit }) => [channel, onlyEdit])).toEqual([[LINUS, undefined], [GRACE, undefined]]);
    expect(reminded({})[0]?.text).toMatch(/still waits for an answer.*\. The buttons are above\.$/);
    expect(reminded({ decisions: [yes(GRACE)] }).map(({ onlyEdit }) => onlyEdit)).toEqual([undefined, true]);
    expect(reminded({ state: 'expired' }).map(({ onlyEdit, text }) => [onlyEdit, text.includes('stood here')])).toEqual([[true, true], [true, true]]);
  });
});

describe('the card', () => {
  it('says for whom the yes of an author counts, and who is not known', () => {
    expect(card({}, pushed)).toContain('written by Linus: at least one yes has to be of somebody else');
    expect(card({}, { ...pushed, commits: { count: 1, commits: [{ author: { name: 'Eve', email: 'eve@example.com' } }], truncated: true } })).toMatch(/Eve &lt;eve@example\.com&gt; could not be matched[^]*I cannot read all of what ships/);
    expect(card({}, { ...pushed, revision: { id: commit('a') }, previous: { id: commit('a') }, commits: { count: 0, commits: [], truncated: true } })).not.toContain('cannot read');
    expect(card({})).not.toContain('written by');
  });

  it('of a rollback asks about that, and names its own list', () => {
    const back: Partial<Release> = { purpose: 'rollback', revision: { label: 'v41' } };
    expect(card({}, back)).toMatch(/may \*shop → prod\* be rolled back\?\nIt goes back to .*v41/);
    expect(card({ policy: { from: [], count: 1 } }, back)).toContain('`rollback.approval.from` of *prod* is empty');
    expect(words(directMessages(aRelease({ ...back, approvals: [anApproval({ absent: [LINUS] })] }), undefined))).toMatch(/May #\d+ \*shop → prod\* be rolled back\?.*\nIt goes back to/);
    expect(card({})).toMatch(/may \*shop → prod\* go on\?\n(?!It goes back)/);
  });

  it('counts who has answered', () => {
    expect(card({ policy: { from: [LEADS], count: 2 } })).toContain('2 approvals from different people are needed, not from who asked');
    expect(card({ policy: { from: [LEADS], count: 2 }, decisions: [yes(GRACE)] })).toContain(`1 of 2: approved by <@${GRACE}>`);
    expect(card({ decisions: [yes(LINUS)] }, pushed)).toContain(`approved by <@${LINUS}>, who wrote it: one more is needed who did not`);
  });

  it('has the three steps in words of their own: decided, confirmed, overtaken', () => {
    const decisions = [yes(GRACE)];
    expect(card({ state: 'decided', verdict: 'approved', decisions })).toContain(`<@${GRACE}> said yes; telling CodePipeline`);
    expect(card({ state: 'decided', verdict: 'rejected', decisions: [{ ...yes(GRACE), approves: false }] })).toContain(`<@${GRACE}> said no; telling CodePipeline`);
    expect(card({ state: 'confirmed', verdict: 'approved', decisions })).toContain(`Approved by <@${GRACE}>`);
    expect(card({ state: 'overtaken', verdict: 'rejected', decisions, elsewhere: { who: 'arn:aws:iam::1:user/olive' } })).toContain('Rejected outside Slack by olive');
    expect(card({ state: 'overtaken', verdict: 'rejected', decisions })).toContain(`<@${GRACE}> decided here too`);
    const { approvalAction: _none, ...own } = anApproval({ state: 'decided', verdict: 'approved', decisions });
    expect(words(approvalReply(aRelease({ approvals: [own] }), 'approval', 'approval-1', {}))).toContain('said yes; going on when');
  });

  it('offers what waits behind only where it comes in by itself', () => {
    expect(card({ newerBehind: 2, next: { kind: 'newest', executionId: 'x', number: 9, revisionId: commit('c') } })).toMatch(/2 newer wait behind this one \(the newest: #9 `ccccccc`\)[^]*\[Reject and take the newest\]/);
    expect(card({ newerBehind: 1, next: { kind: 'next', executionId: 'x', number: 8 } })).toMatch(/1 newer waits behind this one \(next: #8\)[^]*\[Reject and take the next \(#8\)\]/);
    expect(card({ newerBehind: 1 })).not.toContain('Reject and take');
    expect([nextReason({ kind: 'newest', executionId: 'x' }), nextReason({ kind: 'next', executionId: 'x', number: 8, revisionId: commit('b') })]).toEqual(['Taking the newest instead', 'Taking the next instead: #8 `bbbbbbb`']);
  });

  it('tells of a broken glass, before and after AWS has heard', () => {
    const brokenGlass = { gate: 'approval', by: OLIVE, at: T0, reason: 'customers cannot pay' } as const;
    expect(card({ state: 'decided', verdict: 'approved', brokenGlass })).toContain(`*Break glass* by <@${OLIVE}>; telling CodePipeline`);
    expect(card({ state: 'confirmed', verdict: 'approved', brokenGlass, policy: { from: [LEADS], count: 2 } })).toMatch(/without its 2 approvals\n> customers cannot pay/);
  });

  it('says why it was taken back as it was then, and names who had answered', () => {
    const decisions = [yes(GRACE)];
    const ended = { status: 'failed' } as const;
    expect(card({ state: 'withdrawn', withdrawn: 'changed' }, ended)).toContain('This question is closed: it is asked anew before anybody answered.');
    expect(card({ state: 'withdrawn', withdrawn: 'policy', decisions }, ended)).toContain(`jack.yml names other approvers, so it is asked anew, after <@${GRACE}> had said yes.`);
    expect(card({ state: 'withdrawn', withdrawn: 'ended', decisions }, ended)).toContain(`the release ended after <@${GRACE}> had said yes.`);
    expect(card({ state: 'withdrawn', withdrawn: 'ended', decisions }, { status: 'cancelled' })).toContain(`the release was cancelled after <@${GRACE}> had said yes.`);
    expect(card({ state: 'withdrawn', withdrawn: 'ended', decisions: [{ ...yes(GRACE), gone: true }] }, { status: 'running' })).toContain('its execution ended before anybody answered.');
    expect(card({ state: 'withdrawn', withdrawn: 'ended', decisions: [...decisions, { ...yes(LINUS), approves: false }] }, ended)).toContain(`after <@${GRACE}> had said yes and <@${LINUS}> had said no.`);
    expect(card({ state: 'withdrawn', withdrawn: 'ended', brokenGlass: { gate: 'approval', by: OLIVE, at: T0, reason: 'customers cannot pay' } }, ended)).toContain(`after <@${OLIVE}> had broken the glass.`);
    expect(card({ state: 'withdrawn' }, ended)).toContain('the release ended before anybody answered.');
  });

  it('says why it closed without enough', () => {
    expect(card({ state: 'expired', decisions: [yes(LINUS)] }, pushed)).toContain('Not approved in time by anybody but who wrote it');
    expect(card({ state: 'expired' })).toContain('Nobody answered in time');
  });
});

const told = (changes: Partial<ApprovalRequest>, more: Partial<Release> = {}): string => decidedAnswer(aRelease({ approvals: [anApproval(changes)], ...more }), 'approval-1', GRACE);

describe('what the person who clicked is told', () => {
  it('is what was recorded, and what is still missing', () => {
    expect(told({ state: 'decided', decisions: [yes(GRACE)] })).toBe('Your approval of #412 is recorded.');
    expect(told({ decisions: [yes(GRACE)], policy: { from: [], count: 3 } })).toBe('Your approval of #412 is recorded. 2 more are needed.');
    expect(told({ decisions: [yes(GRACE)] }, { requesters: [{ user: ADA, at: T0 }] })).toMatch(new RegExp(`one more is needed of somebody who did not\\. Not of <@${ADA}>`));
    expect(told({ state: 'decided', decisions: [{ ...yes(GRACE), approves: false }] })).toBe('Your no to #412 is recorded.');
  });
});

describe('the form for a comment', () => {
  it('fits into a window, whatever the names', () => {
    fc.assert(fc.property(hostile, hostile, (app, environment) => expect(wrongWith({ text: 'form', blocks: [...commentForm(7, app, environment, '').blocks] })).toEqual([])), { numRuns: 100 });
  });
});
