import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Barrier } from '../../src/domain/barriers/barriers.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { refusalReply, refusalText } from '../../src/views/refusal.ts';
import { ADA, anApproval, GRACE, LEADS, MINUTE, OLIVE, T0 } from '../support/world/builders.ts';
import { hostile } from '../support/world/hostile.ts';
import { wrongWith } from '../support/world/slack-limits.ts';

/** One of every kind: the compiler asks for those that were forgotten. */
const every = (word: string): { readonly [Kind in Refusal['kind']]: Extract<Refusal, { kind: Kind }> } => ({
  'not-understood': { kind: 'not-understood', words: word, usages: ['/deploy <app>'] },
  'not-built': { kind: 'not-built', verb: word },
  'no-app-here': { kind: 'no-app-here', known: [word, 'blog'] },
  'unknown-app': { kind: 'unknown-app', asked: word, known: [word], nearest: word },
  'unknown-environment': { kind: 'unknown-environment', app: word, asked: word, known: [word], nearest: word },
  'undiscovered-app': { kind: 'undiscovered-app', app: word, problem: word },
  'unknown-revision': { kind: 'unknown-revision', app: word, asked: word, newest: [word], nearest: word, alsoPlaces: true },
  'ambiguous-revision': { kind: 'ambiguous-revision', asked: word, matches: [{ id: word, summary: word }, { id: word }] },
  'unseen-commit': { kind: 'unseen-commit', app: word, asked: word, pipeline: word },
  'unusable-version': { kind: 'unusable-version', label: word },
  'nothing-to-deploy': { kind: 'nothing-to-deploy', app: word, environment: word },
  'already-runs': { kind: 'already-runs', environment: word, what: word, onInstances: true, since: T0 },
  'asked-and-over': { kind: 'asked-and-over', number: 7, app: word, environment: word, status: 'rejected', route: 'pipeline', revision: { label: word } },
  'missing-environment': { kind: 'missing-environment', apps: [{ app: word, environments: [word, 'prod'] }], usage: '/deploy why <environment>' },
  'missing-revision': { kind: 'missing-revision', environment: word },
  'nothing-to-take': { kind: 'nothing-to-take', environment: word, label: word },
  'newer-since': { kind: 'newer-since', environment: word, shown: word, newest: word },
  'wrong-role': { kind: 'wrong-role', role: 'viewer', needs: 'contributor', owners: [OLIVE] },
  'own-release': { kind: 'own-release', number: 7 },
  'not-approver': { kind: 'not-approver', environment: word, from: [GRACE, LEADS] },
  'no-policy': { kind: 'no-policy', app: word, environment: word },
  'approval-over': { kind: 'approval-over', number: 7, approval: anApproval({ state: 'overtaken', elsewhere: { who: word } }) },
  'already-decided': { kind: 'already-decided', number: 7, approves: true },
  'release-over': { kind: 'release-over', number: 7, status: 'live' },
  'nothing-to-pass': { kind: 'nothing-to-pass', app: word, environment: word, gate: 'lock', purpose: 'deploy' },
  'glass-broken': { kind: 'glass-broken', number: 7, gate: 'freeze', by: OLIVE, at: T0 },
  'others-wait': { kind: 'others-wait', number: 7, stage: word, others: [{ number: 8, revision: {} }, { revision: { id: 'a'.repeat(40), summary: word } }] },
  'held-for-another': { kind: 'held-for-another', number: 7, stage: word, app: word, environment: word, barrier: aLock(word) },
  'already-cancelling': { kind: 'already-cancelling', number: 7, by: ADA },
  'only-checked': { kind: 'only-checked', number: 7, environment: word, purpose: 'deploy', deployed: true },
  'unknown-release': { kind: 'unknown-release', asked: word },
  'nothing-to-roll-back-to': { kind: 'nothing-to-roll-back-to', environment: word, running: word },
  'rollback-running': { kind: 'rollback-running', environment: word, number: 7 },
  'reason-needed': { kind: 'reason-needed', what: word },
  'stale-button': { kind: 'stale-button' },
  'gate-closed': { kind: 'gate-closed', app: word, environment: word, gate: 'lock', closed: { because: 'locked', by: ADA, barrierId: 'b', since: T0, until: T0, reason: word }, owners: [OLIVE], asked: 'q', mayBreakGlass: true },
  'already-locked': { kind: 'already-locked', app: word, environment: word, lock: aLock(word), mine: false },
  'not-locked': { kind: 'not-locked', app: word, environment: word },
  'not-frozen': { kind: 'not-frozen', app: word, environment: word },
  'not-yours': { kind: 'not-yours', app: word, environment: word, lock: aLock(word), owners: [OLIVE] },
  'foreign-click': { kind: 'foreign-click' },
  'approval-changed': { kind: 'approval-changed', number: 7, what: 'revisions' },
  'bad-time': { kind: 'bad-time', words: word, allowed: 'a time such as until 18:00' },
  'not-owner': { kind: 'not-owner', what: 'break the glass', owners: [OLIVE] },
});

function aLock(reason: string): Barrier {
  return { id: 'b', kind: 'lock', by: ADA, since: T0, until: T0 + MINUTE, reason, watchers: [], notes: [] };
}

describe('what was not understood', () => {
  it('is answered with a few usages in full, or with the first words of many', () => {
    const usages = ['/deploy [<app>] <environment>', '/deploy cancel #<number>', '/jack status'];
    expect(refusalText({ kind: 'not-understood', words: 'dance', usages })).toContain('`/deploy cancel #<number>`');
    expect(refusalText({ kind: 'not-understood', words: 'dance', usages: [...usages, '/rollback [<app>]'] })).toBe('I don’t understand “dance”. Try `/deploy`, `/deploy cancel`, `/jack status` or `/rollback`; `/jack help` shows what each takes.');
  });
});

describe('a refusal', () => {
  it.each(Object.entries(every('prod')))('of the kind %s has words of its own', (_kind, refusal) => {
    const text = refusalText(refusal);
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toMatch(/undefined|\[object/);
    expect(Object.values(every('prod')).filter((other) => refusalText(other) === text)).toHaveLength(1);
  });

  it('of any kind is taken by Slack, and notifies nobody whom a stranger named', () => {
    fc.assert(
      fc.property(hostile, (word) => {
        expect(Object.values(every(word)).flatMap((refusal) => wrongWith(refusalReply(refusal)))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('speaks of instances only where Beanstalk told of them', () => {
    expect(refusalText({ kind: 'already-runs', environment: 'prod', what: 'v1', onInstances: true })).toContain('on every instance');
    expect(refusalText({ kind: 'already-runs', environment: 'prod', what: 'v1', onInstances: false })).not.toContain('every instance');
  });

  it.each(['guest', 'bot', 'deactivated', 'external'] as const)('of a %s says that such never approve', (standing) => {
    expect(refusalText({ kind: 'not-approver', environment: 'prod', from: [GRACE], standing })).toContain('never approve');
  });

  it('tells an owner who is no member that such break no glass', () => {
    expect(refusalText({ kind: 'not-owner', what: 'break the glass', owners: [GRACE], standing: 'guest' })).toBe(`Guests never break the glass, owners or not. Ask <@${GRACE}>.`);
  });

  it('names the people who can help, or says that nobody can', () => {
    expect(refusalText({ kind: 'not-approver', environment: 'prod', from: [GRACE, LEADS] })).toContain('<@U0GRACE001> or <!subteam^S0LEADS001>');
    expect(refusalText({ kind: 'not-approver', environment: 'prod', from: [] })).toContain('Nobody may approve');
    expect(refusalText({ kind: 'wrong-role', role: 'viewer', needs: 'contributor', owners: [] })).toContain('jack.yml');
  });

  it.each(['open', 'decided', 'confirmed', 'expired', 'withdrawn', 'overtaken'] as const)('of an approval that is over says how: %s', (state) => {
    const decisions = [{ by: GRACE, at: T0, approves: true }];
    expect(refusalText({ kind: 'approval-over', number: 7, approval: anApproval({ state, decisions, verdict: 'approved', closedAt: T0 }) })).toContain('#7');
  });

  it('of an approval that is over puts no word into the mouth of who said the opposite, or nothing', () => {
    const yes = { by: GRACE, at: T0, approves: true };
    const told = (more: Parameters<typeof anApproval>[0]): string => refusalText({ kind: 'approval-over', number: 7, approval: anApproval({ state: 'decided', verdict: 'rejected', decisions: [yes], ...more }) });
    expect(told({ decisions: [yes, { by: ADA, at: T0, approves: false }] })).toBe('<@U0ADA00001> rejected #7 already.');
    expect(told({})).toBe('The time to answer #7 is over.');
    expect(told({ state: 'withdrawn', verdict: 'approved' })).toBe('#7 needs no answer any more.');
    expect(told({ verdict: 'approved', decisions: [], brokenGlass: { gate: 'approval', by: OLIVE, at: T0, reason: 'production is down' } })).toBe('<@U0OLIVE001> approved #7 already.');
  });
});
