import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Barrier } from '../../src/domain/barriers/barriers.ts';
import { cannotStopReply, frozenReply, lockedReply, stealQuestionReply, stolenReply, stopWaitingReply, thawedReply, unlockedReply, unlockQuestionReply, type ShownWaiting } from '../../src/views/barriers/barrier-answers.ts';
import { ADA, commit, GRACE, OLIVE, T0 } from '../support/world/builders.ts';
import { hostile } from '../support/world/hostile.ts';
import { wrongWith } from '../support/world/slack-limits.ts';
import { withoutTimes } from '../support/world/transcript.ts';

const aLock = (changes: Partial<Barrier> = {}): Barrier => ({ id: '00000000-0000-4000-8000-000000000001', kind: 'lock', by: ADA, since: T0, until: T0 + 1000, reason: 'migration', watchers: [], notes: [], ...changes });
const aWaiting = (changes: Partial<ShownWaiting> = {}): ShownWaiting => ({ executionId: 'execution-1', stage: 'Prod', revision: { id: commit('a'), summary: 'Fix the basket', author: { name: 'Linus' } }, ...changes });
const shop = { name: 'shop' };
const prod = { name: 'prod' };

describe('what the caller alone is told of locks and freezes', () => {
  it('fits into Slack and calls nobody, whatever people wrote', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 8, maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (words, count) => {
        const word = (at: number): string => words[at] ?? 'x';
        const app = { name: word(0) };
        const environment = { name: word(1) };
        const lock = aLock({ reason: word(2) });
        const waiting = Array.from({ length: count }, (_, at) => aWaiting({ executionId: word(3), stage: word(4), revision: { id: commit('a'), summary: word(5), author: { name: word(6) } }, ...(at % 2 === 0 && { release: { number: at + 1 } }) }));
        const foreign = [{ stage: word(4), reason: word(7), by: word(3) }];
        const replies = [
          lockedReply(app, environment, { lock, how: 'taken' }, 'usual'),
          unlockedReply(app, environment, { lock, agreed: waiting, stopped: waiting, foreign, blind: true, freeze: aLock({ kind: 'freeze', reason: word(2) }) }),
          unlockQuestionReply(app, environment, waiting, 'id', true),
          stealQuestionReply(app, environment, { lock, until: T0, reason: word(7) }, 'id'),
          stolenReply(app, environment, lock),
          frozenReply(app, environment, { freeze: lock, how: 'set' }, 'utc'),
          thawedReply(app, environment, { windows: [{ window: word(2), until: T0 }] }),
          cannotStopReply(waiting.map(({ executionId }) => executionId)),
        ];
        expect(replies.flatMap(wrongWith)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('names each execution that would flow in, and says how many more there are', () => {
    const waiting = Array.from({ length: 12 }, (_, at) => aWaiting({ release: { number: at + 1 } }));
    const text = JSON.stringify(unlockQuestionReply(shop, prod, waiting, 'id', false).blocks);
    expect(text).toContain('• #10: `aaaaaaa` Fix the basket by Linus, before stage Prod');
    expect(text).not.toContain('#11');
    expect(text).toContain('• and 2 more');
  });

  it('of an unlock says whose it was, what flows in and what stays closed', () => {
    const unlocked = unlockedReply(shop, prod, {
      lock: aLock({ ended: { at: T0, how: 'unlocked', by: OLIVE } }),
      agreed: [aWaiting({ release: { number: 7 } })], stopped: [], foreign: [{ stage: 'Prod', reason: 'migration running', by: 'arn:aws:iam::1:user/olive' }], blind: true,
    });
    expect(unlocked.text.split('\n')).toEqual([
      `:unlock: *shop → prod* is unlocked; it was <@${ADA}>’s.`,
      'Flows in now: #7.',
      ':no_entry: The transition into stage Prod was disabled by olive, not by me: “migration running”. It stays so: enable it in AWS.',
      ':warning: AWS does not answer, so I cannot see what waits in front. If something does, I ask in the lock’s thread before it flows in.',
    ]);
  });

  it('says how long it lasts when no time was named, and in which zone a clock was read', () => {
    expect(lockedReply(shop, prod, { lock: aLock(), how: 'taken' }, 'usual').text).toContain('so it lasts 24 hours');
    expect(lockedReply(shop, prod, { lock: aLock(), how: 'extended' }, 'utc').text).toContain('I read the time as UTC');
    expect(lockedReply(shop, prod, { lock: aLock(), how: 'taken' }, 'said').text).not.toMatch(/UTC, for|24 hours/);
    expect(withoutTimes(stolenReply(shop, prod, aLock({ by: OLIVE, takenFrom: GRACE })).text)).toBe(`:lock: *shop → prod* is yours until TIME: “migration”; <@${GRACE}> is told.`);
    expect(stopWaitingReply([]).text).toContain('over already');
  });
});
