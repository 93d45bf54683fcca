import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Closed, GateName } from '../../src/domain/gates/gate.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Release } from '../../src/domain/release.ts';
import { refusalReply, refusalText } from '../../src/views/refusal.ts';
import { statusWords } from '../../src/views/status.ts';
import { releaseThread } from '../../src/views/release-thread.ts';
import { ADA, aDeploy, aRelease, GRACE, MINUTE, OLIVE, T0 } from '../support/world/builders.ts';
import { hostile } from '../support/world/hostile.ts';
import { wrongWith } from '../support/world/slack-limits.ts';
import { cases } from '../support/cases.ts';

type OfGate = Extract<Refusal, { kind: 'gate-closed' }>;

/** One of every reason, with the gate that it is of. */
const every = (word: string): readonly (readonly [GateName, Closed])[] => [
  ['lock', { because: 'locked', by: ADA, barrierId: 'barrier-1', since: T0, until: T0 + MINUTE, reason: word }],
  ['foreign-lock', { because: 'held-elsewhere', transitions: [{ stage: word, reason: word, by: word }, { stage: word, reason: '' }] }],
  ['freeze', { because: 'frozen', freeze: { by: 'jack.yml', reason: word, since: T0, until: T0 + MINUTE, nextAllowed: T0 + 5 * MINUTE } }],
  ['freeze', { because: 'frozen', freeze: { by: OLIVE, reason: word, since: T0, until: T0 + MINUTE } }],
  ['promotion', { because: 'not-yet-on', environments: [word] }],
  ['alarms', { because: 'alarms', ringing: [word], unknown: [word, word] }],
  ['role', { because: 'role', role: 'viewer' }],
  ['queue', { because: 'occupied', by: 7, place: 1 }],
  ['environment', { because: 'not-ready', status: 'Updating', doing: word }],
  ['lock', { because: 'unknown' }],
  ['approval', { because: 'approval-needed', from: [GRACE], count: 1 }],
  ['approval', { because: 'approval-needed', from: [], count: 1 }],
];

function refused(gate: GateName, closed: Closed, more: Partial<OfGate> = {}): OfGate {
  return { kind: 'gate-closed', app: 'shop', environment: 'prod', gate, closed, owners: [OLIVE], mayBreakGlass: false, ...more };
}

/** The reply of a release of this person's that is held there. */
const held = (gate: GateName, because: Closed, user: string): string | undefined => {
  const waiting = { for: 'gate', gate, because } as const;
  return releaseThread(aRelease({ status: 'waiting', waiting, requesters: [{ user, at: T0 }], notes: [{ key: 'held', at: T0, what: { kind: 'waiting', waiting } }] }), {})[1]?.text;
};

function buttonsOf(refusal: Refusal): readonly (readonly [string, string | undefined])[] {
  return (refusalReply(refusal).blocks ?? []).flatMap((block) => (block.type === 'actions' ? block.elements : [])).flatMap((element) => (element.type === 'button' ? [[element.action_id ?? '', element.value] as const] : []));
}

const [locked, foreign, frozen, endless] = every('migration').map(([gate, closed]) => refused(gate, closed));

describe('a request that a gate refused', () => {
  it('because of a lock is told who, since when, until when and why', () => {
    const text = locked && refusalText(locked);
    expect(text).toContain('*shop → prod* is locked by <@U0ADA00001> since <!date^');
    expect(text).toContain('“migration”');
    expect(text).toContain('Ask <@U0ADA00001>');
    expect(text).toContain('<@U0OLIVE001>');
  });

  it('can ask the holder and be told when it is free; only an owner can steal or break the glass', () => {
    expect(locked && buttonsOf(locked)).toEqual([['barrier.ask', 'barrier-1'], ['barrier.watch', 'barrier-1']]);
    expect(locked && buttonsOf({ ...locked, mayBreakGlass: true, asked: 'question-1' })).toEqual([['barrier.ask', 'barrier-1'], ['barrier.watch', 'barrier-1'], ['barrier.steal', 'barrier-1'], ['glass.break', 'question-1']]);
  });

  it('because of a freeze is told the next allowed time, or that none is in sight', () => {
    expect(frozen && refusalText(frozen)).toContain('Next allowed time: <!date^');
    expect(endless && refusalText(endless)).toContain('No end is in sight');
    expect(frozen && buttonsOf({ ...frozen, mayBreakGlass: true, asked: 'question-1' })).toEqual([['glass.break', 'question-1']]);
  });

  it('because of a transition that somebody disabled in AWS is told that Jack does not enable it', () => {
    expect(foreign && refusalText(foreign)).toContain('Who disabled it can enable it, in AWS; I do not.');
    expect(foreign && buttonsOf(foreign)).toEqual([]);
  });

  it('has no glass to break where there is nothing to pass', () => {
    expect(buttonsOf(refused('role', { because: 'role', role: 'viewer' }, { mayBreakGlass: true, asked: 'question-1' }))).toEqual([]);
  });

  it.each(every('prod'))('at %s has words for every reason', (gate, closed) => {
    const text = refusalText(refused(gate, closed));
    expect(text).not.toMatch(/undefined|\[object|\.\.|:\.|“”/);
    expect(text).toContain('so nothing was started');
  });

  it.each(every('prod'))('or held at %s says so in the headline and in one quiet reply', (gate, because) => {
    const waiting = { for: 'gate', gate, because } as const;
    const release = aRelease({ status: 'waiting', waiting, notes: [{ key: 'held', at: T0, what: { kind: 'waiting', waiting } }] });
    const [, reply] = releaseThread(release, {});
    expect(statusWords(release)).toMatch(/^held: the environment .+\. (It goes on |When .*I ask whether it goes on)/);
    expect(reply).toMatchObject({ key: 'held', text: expect.stringContaining('Held in front of *prod*') });
    expect(reply?.broadcast).toBeUndefined();
    expect(reply?.text).not.toMatch(/undefined|\[object|\.\.|:\.|“”/);
  });

  it('or held says who closed it, whom to ask, and who can let it pass; of one’s own lock, how it ends', () => {
    const [[, lock], , , [, freeze], [, promotion]] = every('migration') as [readonly [GateName, Closed], unknown, unknown, readonly [GateName, Closed], readonly [GateName, Closed]];
    expect(held('lock', lock, GRACE)).toMatch(/it is locked by <@U0ADA00001> since .*“migration”\. When the lock ends, I ask whether it goes on\. Ask <@U0ADA00001>, or wait\. In an emergency an owner can break the glass\.$/);
    expect(held('lock', lock, ADA)).toMatch(/It is your own: `\/deploy unlock prod` ends it\.$/);
    expect(held('freeze', freeze, GRACE)).toMatch(/it is frozen by <@U0OLIVE001> until .*Ask <@U0OLIVE001>, or wait\./);
    expect(held('promotion', promotion, GRACE)).toMatch(/it takes only what has been live on \*migration\* first, .* `\/deploy migration@[^`]+` brings it there\. In an emergency an owner can break the glass\.$/);
  });

  it.each<readonly [string, Partial<Release>, RegExp]>([
    ['it goes on', { status: 'running' }, /“migration”\. _It waits for that no more\._$/],
    ['it waits for something else', { status: 'waiting', waiting: { for: 'queue', behind: 7, place: 1 } }, /“migration”\. _It waits for that no more\._$/],
    ['it came in and is live', { status: 'live', deploys: [aDeploy({ startedAt: T0 })] }, /“migration”\. _It waits for that no more\._$/],
    ['it was cancelled while it was held', { status: 'cancelled' }, /“migration”\.$/],
  ])('or held once promises nothing any more when %s', (_when, changes, words) => {
    const [[gate, because]] = every('migration') as [readonly [GateName, Closed]];
    const [, reply] = releaseThread(aRelease({ ...changes, notes: [{ key: 'held', at: T0, what: { kind: 'waiting', waiting: { for: 'gate', gate, because } } }] }), {});
    expect(reply?.text).toMatch(words);
  });

  it('is taken by Slack and notifies nobody whom a stranger named, whatever people wrote', () => {
    fc.assert(
      fc.property(hostile, (word) => {
        const wrong = every(word).flatMap(([gate, closed]) => wrongWith(refusalReply(refused(gate, closed, { app: word, environment: word, mayBreakGlass: true, asked: 'q' }))));
        const waiting = every(word).flatMap(([gate, because]) => releaseThread(aRelease({ status: 'waiting', waiting: { for: 'gate', gate, because }, notes: [{ key: 'held', at: T0, what: { kind: 'waiting', waiting: { for: 'gate', gate, because } } }] }), {}).flatMap(wrongWith));
        expect([...wrong, ...waiting]).toEqual([]);
      }),
      { numRuns: cases(200) },
    );
  });
});
