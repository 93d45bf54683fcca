import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { barrierReason, type Barrier, type BarrierNoteKind, type Barriers } from '../../../src/domain/barriers/barriers.ts';
import { barrierThread } from '../../../src/views/barriers/barrier-thread.ts';
import type { WantedMessage } from '../../../src/views/message.ts';
import { ADA, anApp, GRACE, LINUS, MINUTE, OLIVE, SHOP, T0 } from '../../support/world/builders.ts';
import { hostile } from '../../support/world/hostile.ts';
import { wordsOf } from '../../support/world/transcript.ts';

const DOOR = { pipeline: 'shop-pipeline', stage: 'Prod' };
const WAITING = [{ executionId: 'execution-1', number: 412, what: '4c7b474 Fix the basket' }];

function aBarrier(changes: Partial<Barrier> = {}): Barrier {
  return { id: '00000000-0000-4000-8000-000000000001', kind: 'lock', by: ADA, since: T0, until: T0 + 60 * MINUTE, reason: 'hotfix', watchers: [], notes: [], ...changes };
}

function around(barrier: Barrier, changes: Partial<Barriers> = {}): Barriers {
  return { app: 'shop', environment: 'prod', version: 3, all: [barrier], thawed: [], holds: [{ ...DOOR, reason: barrierReason(barrier, 'prod'), state: 'held' }], ...changes };
}

function told(barrier: Barrier, changes: Partial<Barriers> = {}): readonly WantedMessage[] {
  return barrierThread(barrier, around(barrier, changes), anApp());
}

function words(messages: readonly WantedMessage[]): readonly string[] {
  return messages.map(({ blocks }) => blocks.map(wordsOf).join('\n'));
}

function noted(what: BarrierNoteKind): Partial<Barrier> {
  return { notes: [{ key: what.kind, at: T0, what }] };
}

function buttonsOf(messages: readonly WantedMessage[]): readonly (readonly [string, string])[] {
  return messages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.type === 'actions' ? block.elements.flatMap((one): [string, string][] => (one.type === 'button' ? [[one.action_id ?? '', one.value ?? '']] : [])) : [])));
}

const ENDED = { at: T0 + MINUTE, how: 'unlocked', by: OLIVE } as const;

describe('the thread of a lock', () => {
  it('says who, why, until when and what it holds below, and offers what makes sense now', () => {
    const barrier = aBarrier();
    expect(words(told(barrier))).toEqual([
      [
        `:lock: *shop → prod*  locked by <@${ADA}>`,
        '“hotfix”',
        'since <!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC>  ·  until <!date^1767607200^{date_short_pretty} {time}|2026-01-05 10:00 UTC>',
        ':no_entry: `shop-pipeline` → *Prod* is held: what a push or the console sends there waits in front of it.',
        '[Unlock] [Ask the holder] [Tell me when it is free] [Steal]',
      ].join('\n'),
    ]);
    expect(buttonsOf(told(barrier))).toEqual(['barrier.unlock', 'barrier.ask', 'barrier.watch', 'barrier.steal'].map((id) => [id, barrier.id]));
  });

  it('offers nothing when it is over, and says how it ended and by whom', () => {
    const messages = told(aBarrier({ ended: ENDED, watchers: [{ user: LINUS, at: T0 }], ...noted({ kind: 'ended' }) }), { holds: [] });
    expect(buttonsOf(messages)).toEqual([]);
    expect(words(messages)[0]).toContain(`unlocked by <@${OLIVE}>`);
    expect(words(messages).slice(1)).toEqual([expect.stringContaining('unlocked by'), `:bell: <@${LINUS}>: *shop → prod* is free.`]);
  });

  it('does not call it free while something else keeps it closed', () => {
    const lock = aBarrier({ ended: ENDED, watchers: [{ user: LINUS, at: T0 }], ...noted({ kind: 'ended' }) });
    const freeze = aBarrier({ id: '00000000-0000-4000-8000-000000000002', kind: 'freeze', by: GRACE });
    expect(words(told(lock, { all: [lock, freeze], holds: [] })).at(-1)).toContain(`is not free yet: it is frozen by <@${GRACE}> until`);
  });

  it.each<readonly [string, BarrierNoteKind, string]>([
    ['a reminder', { kind: 'nag', count: 1 }, `<@${ADA}>, you have held`],
    ['somebody who asks', { kind: 'asked-for', by: LINUS }, `<@${ADA}>, <@${LINUS}> asks whether you still need`],
    ['a transition of somebody else', { kind: 'foreign', ...DOOR, reason: 'migration', by: 'arn:aws:iam::1:user/olive' }, 'closed already by olive: “migration”'],
    ['a transition that was opened', { kind: 'drift', ...DOOR, next: 'put-back', by: 'arn:aws:iam::1:user/olive' }, 'olive opened'],
    ['one that was opened again', { kind: 'drift', ...DOOR, next: 'left' }, 'Somebody opened'],
    ['what AWS does not let Jack close', { kind: 'refused-by-aws', what: 'hold', ...DOOR, text: 'not authorized' }, 'AWS does not let me close'],
    ['what AWS does not let Jack open', { kind: 'refused-by-aws', what: 'free', ...DOOR, text: 'not authorized' }, 'AWS does not let me open'],
    ['what AWS lets Jack close at last', { kind: 'allowed-by-aws', what: 'hold', ...DOOR }, 'AWS lets me close `shop-pipeline` → *Prod* now: it is held.'],
    ['what AWS lets Jack open at last', { kind: 'allowed-by-aws', what: 'free', ...DOOR }, 'AWS lets me open `shop-pipeline` → *Prod* now: it is open.'],
    ['what was retried behind the transition', { kind: 'inside', late: 'retried', releases: WAITING }, ':eyes: Retried in AWS inside *shop → prod*, where no transition holds it'],
    ['what came in while the way stood open', { kind: 'inside', late: true, releases: WAITING }, ':eyes: Came into *shop → prod* while the way stood open'],
    ['what a rollback added', { kind: 'lengthened', rollback: 7, until: T0 }, 'this lock lasts until'],
    ['what a rollback gave back', { kind: 'as-before', rollback: 7, until: T0 }, '#7 changed nothing: this lock lasts until'],
    ['what was let in', { kind: 'let-in', by: OLIVE, executionIds: ['execution-1'] }, `<@${OLIVE}> lets 1 execution in`],
    ['what was stopped', { kind: 'stopped', by: OLIVE, releases: [{ number: 6, executionId: 'execution-6', what: 'fc063ee Fix the basket' }] }, `:wastebasket: <@${OLIVE}> stops #6 \`fc063ee\` Fix the basket.`],
  ])('tells of %s in one reply', (_of, what, expected) => {
    const [, ...replies] = words(told(aBarrier(noted(what))));
    expect(replies).toEqual([expect.stringContaining(expected)]);
  });

  it('names what was inside already, with *Reject* only for what waits for an answer', () => {
    const releases = [...WAITING, { executionId: 'execution-2', approvalId: 'approval-2', what: 'Older' }];
    expect(buttonsOf(told(aBarrier(noted({ kind: 'inside', releases }))).slice(1))).toEqual([['approval.reject', 'approval-2']]);
    expect(told(aBarrier(noted({ kind: 'inside', releases: [] })))).toHaveLength(1);
  });

  it('names no deployment that the rollback which took the lock aborts itself, but what waits there, and what came in later', () => {
    const releases = [{ number: 7, executionId: 'execution-7', deploying: true as const, what: 'Newer' }, { number: 8, executionId: 'execution-8', what: 'Newest' }];
    const by = (note: BarrierNoteKind) => words(told(aBarrier({ rollback: 9, ...noted(note) }))).slice(1);
    expect(by({ kind: 'inside', releases })).toEqual([expect.stringMatching(/Already inside(?!.*#7).*#8/s)]);
    expect(by({ kind: 'inside', releases: releases.slice(0, 1) })).toEqual([]);
    expect(by({ kind: 'inside', late: true, releases })).toEqual([expect.stringMatching(/Came into.*#7.*#8/s)]);
    expect(words(told(aBarrier(noted({ kind: 'inside', releases }))))[1]).toMatch(/#7.*#8/s);
  });

  it('tells the former holder directly when it was taken over', () => {
    const [, reply, direct] = told(aBarrier({ by: OLIVE, takenFrom: ADA, ...noted({ kind: 'stolen', by: OLIVE, from: ADA, reason: 'prod is down' }) }));
    expect(reply).toMatchObject({ place: 'reply', channel: SHOP });
    expect(direct).toMatchObject({ place: 'root', channel: ADA, key: 'dm:stolen:stolen' });
    expect(direct?.text).toContain('prod is down');
  });

  it('asks whoever ended it whether what waits may flow in, until that is answered', () => {
    const barrier = aBarrier({ ended: ENDED, ...noted({ kind: 'may-flow-in', ...DOOR, waiting: WAITING }) });
    const hold = { ...DOOR, reason: barrierReason(barrier, 'prod'), state: 'held', asked: ['execution-1'] } as const;
    const asking = told(barrier, { holds: [hold] });
    expect(words(asking)[1]).toContain(`<@${OLIVE}>: #412 \`4c7b474\` Fix the basket waits in front of`);
    expect(buttonsOf(asking)).toEqual([['barrier.let-in', barrier.id], ['barrier.stop-waiting', barrier.id]]);
    for (const holds of [[], [{ ...hold, asked: ['execution-2'] }], [{ ...hold, agreed: ['execution-1'] }]]) expect(buttonsOf(told(barrier, { holds }))).toEqual([]);
  });
});

describe('the thread of a freeze', () => {
  it('offers owners the thaw, and names the window of jack.yml', () => {
    const messages = told(aBarrier({ kind: 'freeze', by: 'jack.yml', window: 'weekend', reason: 'weekend' }));
    expect(words(messages)[0]).toContain(':snowflake: *shop → prod*  frozen (window “weekend” of `jack.yml`)');
    expect(buttonsOf(messages).map(([id]) => id)).toEqual(['barrier.thaw', 'barrier.watch']);
  });
});

describe('with anything that people or AWS may write', () => {
  const NOTES: readonly ((word: string) => BarrierNoteKind)[] = [
    (what) => ({ kind: 'inside', releases: [{ executionId: 'execution-1', approvalId: 'approval-1', what }] }),
    (reason) => ({ kind: 'stolen', by: OLIVE, from: ADA, reason }),
    (what) => ({ kind: 'inside', late: true, releases: [{ executionId: what, what }] }),
    (text) => ({ kind: 'allowed-by-aws', what: 'free', pipeline: text, stage: text }),
    (text) => ({ kind: 'refused-by-aws', what: 'hold', pipeline: text, stage: text, text }),
    (reason) => ({ kind: 'foreign', pipeline: reason, stage: reason, reason, by: reason }),
    (by) => ({ kind: 'drift', ...DOOR, next: 'left', by }),
    (what) => ({ kind: 'may-flow-in', ...DOOR, waiting: [{ executionId: what, what }] }),
    () => ({ kind: 'ended' }),
  ];

  it('nobody is called who was not meant, and no text is longer than Slack takes', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), (word, other, over) => {
        const barrier = aBarrier({ reason: word, window: other, ...(over && { ended: ENDED }), notes: NOTES.map((make, index) => ({ key: `${index}`, at: T0, what: make(word) })) });
        const messages = told(barrier, { app: word, environment: other, holds: [{ pipeline: word, stage: other, reason: barrierReason(barrier, 'prod'), state: 'left' }] });
        for (const message of messages) {
          const text = [message.text, ...message.blocks.map(wordsOf)].join('\n');
          expect(text.replaceAll(/<@U0(ADA|OLIVE)[0-9]+>|<#C0SHOP0001>|<!date\^[^>]*>/g, '')).not.toMatch(/<[!@#h]/);
          for (const block of message.blocks) expect(Array.from(wordsOf(block)).length).toBeLessThanOrEqual(3000);
        }
      }),
      { numRuns: 300 },
    );
  });
});
