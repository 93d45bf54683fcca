import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isMarked, summaryOf } from '../../src/domain/approvals/summary.ts';
import { anApproval, aRelease, GRACE, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
import { cases } from '../support/cases.ts';

const ID = '1a2b3c4d-0000-4000-8000-000000000001';
const comment = fc.string({ unit: 'grapheme', maxLength: 900 });

describe('the summary that CodePipeline shows', () => {
  it('names everybody and the question, however long the comments are, and cuts no character in halves', () => {
    fc.assert(
      fc.property(fc.array(comment, { minLength: 1, maxLength: 3 }), fc.nat({ max: 3 }), (comments, shift) => {
        const decisions = [GRACE, LINUS, OLIVE].slice(0, comments.length).map((by, at) => ({ by, name: 'n'.repeat(shift), at: T0, approves: true, comment: comments[at] ?? '' }));
        const summary = summaryOf(aRelease({ number: 7 }), anApproval({ id: ID, decisions, verdict: 'approved' }));
        expect(summary.length).toBeLessThanOrEqual(512);
        expect(summary.isWellFormed()).toBe(true);
        for (const { by } of decisions) expect(summary).toContain(`(Slack ${by})`);
        expect(summary.endsWith(' (Jack release 7, approval 1a2b3c4d)')).toBe(true);
        expect(isMarked(summary, ID)).toBe(true);
      }),
      { numRuns: cases(1000) },
    );
  });

  it('of a broken glass keeps its end too', () => {
    for (const shift of ['', 'x']) {
      const brokenGlass = { gate: 'approval', by: OLIVE, at: T0, reason: `${shift}${'🔥'.repeat(400)}` } as const;
      const summary = summaryOf(aRelease({ number: 7 }), anApproval({ id: ID, brokenGlass }));
      expect([summary.length <= 512, summary.isWellFormed()]).toEqual([true, true]);
      expect(summary).toMatch(/^Break glass by Slack .*… \(Jack release 7, approval 1a2b3c4d\)$/u);
    }
  });

  it('shows a short comment whole', () => {
    const decisions = [{ by: GRACE, name: 'grace', at: T0, approves: true }, { by: LINUS, name: 'linus', at: T0, approves: true, comment: 'looked at the migration' }];
    expect(summaryOf(aRelease({ number: 7 }), anApproval({ id: ID, decisions }))).toBe(`Approved by grace (Slack ${GRACE}); Approved by linus (Slack ${LINUS}): looked at the migration (Jack release 7, approval 1a2b3c4d)`);
  });

  it('tells two questions of one release apart', () => {
    expect(isMarked('Rejected by grace: Not yet (Jack release 7, approval 99999999)', ID)).toBe(false);
    expect(isMarked('Rejected by grace: Not yet (Jack release 7)', ID)).toBe(false);
  });
});
