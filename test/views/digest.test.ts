import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { glassesIn, stealsIn, type BrokenGlass, type Digest } from '../../src/domain/digest/digest.ts';
import { digestMessage, digestReply } from '../../src/views/digest/digest.ts';
import { ADA, aRelease, OLIVE, SHOP, T0 } from '../support/world/builders.ts';
import { hostile } from '../support/world/hostile.ts';
import { wrongWith } from '../support/world/slack-limits.ts';
import { withoutTimes, wordsOf } from '../support/world/transcript.ts';

const HOUR = 3_600_000;
const HASH = 'a'.repeat(64);

function aDigest(changes: Partial<Digest> = {}): Digest {
  return { app: 'shop', channel: SHOP, span: { from: { at: T0, seq: 3 }, to: { at: T0 + 168 * HOUR, seq: 9, hash: HASH } }, isTornOff: false, ended: [], open: 0, glasses: [], steals: [], longLocks: [], ...changes };
}

const words = (digest: Digest): string => withoutTimes(digestMessage('2026-01-12', digest).blocks.map(wordsOf).join('\n'));
const aGlass = (reason: string): BrokenGlass => ({ at: T0, by: OLIVE, environment: 'prod', release: 7, gate: 'lock', reason });

const line = (changes: Partial<AuditEntry>): AuditEntry => ({ seq: 1, at: T0, who: OLIVE, what: 'gate.break-glass', on: { app: 'shop', environment: 'prod', release: 7 }, outcome: 'done', previous: '', hash: '', ...changes });
const many = <T>(one: T): readonly T[] => Array.from({ length: 60 }, () => one);

describe('the words of a digest', () => {
  it('of a quiet week say that nothing happened, and where the audit ends', () => {
    expect(words(aDigest()).split('\n')).toEqual([
      ':newspaper: *Digest of shop*  TIME to TIME',
      'No release ended.',
      'No glass was broken, no lock was stolen and no lock is older than a day.',
      `The audit’s head: \`9:${HASH}\`. \`jack audit verify --head 9:${HASH}\` finds whether anything before it was changed or cut off.`,
    ]);
  });

  it('count releases by outcome, the most frequent first, rollbacks apart', () => {
    const live = Array.from({ length: 12 }, (_, index) => aRelease({ number: index + 1, status: 'live' }));
    const ended = [aRelease({ number: 20, status: 'failed', environment: 'dev' }), ...live, aRelease({ number: 21, status: 'live', purpose: 'rollback' }), aRelease({ number: 22, status: 'failed' }), aRelease({ number: 23, status: 'rolled-back-by-beanstalk' })];
    expect(words(aDigest({ ended, open: 2 })).split('\n').slice(1, 6)).toEqual([
      '16 releases ended. 2 on the way now.',
      ':white_check_mark: live: *12* (2 more and #3 prod, #4 prod, #5 prod, #6 prod, #7 prod, #8 prod, #9 prod, #10 prod, #11 prod, #12 prod)',
      ':x: failed: *2* (#20 dev, #22 prod)',
      ':white_check_mark: rollback: live: *1* (#21 prod)',
      ':rewind: rolled back by Beanstalk: *1* (#23 prod)',
    ]);
  });

  it('have a key for the week, so that it is posted once', () => {
    expect(digestMessage('2026-01-12', aDigest())).toMatchObject({ key: 'week:2026-01-12', channel: SHOP, place: 'root' });
    expect(withoutTimes(digestMessage('2026-01-12', aDigest({ glasses: [aGlass('a'), aGlass('b')] })).text)).toBe('Digest of *shop*, TIME to TIME: 0 releases ended and the glass was broken 2 times.');
  });

  it('keep to Slack’s limits and mention nobody that people wrote', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const digest = aDigest({
          ended: many(aRelease({ status: 'failed', environment: text })),
          glasses: many({ ...aGlass(text), by: text, gate: text }),
          steals: many({ at: T0, by: OLIVE, from: text, environment: text, reason: text }),
          longLocks: many({ environment: 'prod', lock: { id: 'x', kind: 'lock', by: ADA, since: T0, until: T0 + 900 * HOUR, reason: text, watchers: [], notes: [] } }),
          isTornOff: true,
        });
        expect(wrongWith(digestMessage('2026-01-12', digest))).toEqual([]);
        expect(words(digest).match(/• and 50 more; `jack audit export` has them all/g)).toHaveLength(3);
        const reply = digestReply(many(digest));
        expect(wrongWith(reply)).toEqual([]);
        expect(reply.blocks?.length).toBeGreaterThan(5);
      }),
      { numRuns: 25 },
    );
  });

  it('of no app at all say why', () => {
    expect(digestReply([]).text).toContain('/jack status');
  });
});

describe('lines of the audit', () => {
  it('of broken glass have the gate and the reason; refused ones do not count', () => {
    expect(glassesIn([line({ detail: 'foreign-lock: it burns: now\nand here' }), line({ outcome: 'refused', detail: 'lock: no' }), line({})])).toEqual([
      { ...aGlass('it burns: now\nand here'), gate: 'foreign-lock' },
      { ...aGlass(''), gate: '' },
    ]);
  });

  it('of stolen locks have the holder before and the reason', () => {
    expect(stealsIn([line({ what: 'lock.steal', detail: `from ${ADA}: hotfix: late` }), line({ what: 'lock.take' })])).toEqual([{ at: T0, by: OLIVE, from: ADA, environment: 'prod', reason: 'hotfix: late' }]);
  });
});
