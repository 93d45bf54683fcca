import { describe, expect, it } from '@jest/globals';
import type { ObservedExecution } from '../../../src/domain/observation.ts';
import type { Release } from '../../../src/domain/release.ts';
import { gateInTheWay } from '../../../src/domain/door/glass.ts';
import { decideApproval } from '../../../src/operations/decide-approval.ts';
import { planRelease } from '../../../src/reconciler/plan/plan.ts';
import { withReminders } from '../../../src/reconciler/plan/remind.ts';
import { approvalReply } from '../../../src/views/approvals/card.ts';
import { directMessages } from '../../../src/views/approvals/direct.ts';
import { refusalText } from '../../../src/views/refusal.ts';
import { releaseThread } from '../../../src/views/release-thread.ts';
import { statusWords } from '../../../src/views/status.ts';
import { ADA, anApp, anApproval, anExecution, aRelease, GRACE, LINUS, MINUTE, T0 } from '../../support/world/builders.ts';
import { standsAtApproval } from '../../support/world/at-approval.ts';
import { aWorld } from '../../support/world/fake-world.ts';

const NOW = T0 + MINUTE;
const asks: Parameters<typeof anExecution>[0] = { 'Prod/Approve': { status: 'InProgress', token: 'token-1' } };
const planned = (release: Release, status: ObservedExecution['status'] = 'Stopping') =>
  planRelease(release, { app: anApp(), now: NOW, ahead: [], door: {}, newId: () => 'approval-new', execution: anExecution(asks, { status }) });
const asked = (changes: Partial<Release> = {}): Release => aRelease({ approvals: [anApproval({ absent: [LINUS] })], notes: [{ key: 'approval', at: T0, what: { kind: 'approval-asked', approvalId: 'approval-1' } }], ...changes });
const stopping = (changes: Partial<Release> = {}): Release => planned(asked({ status: 'waiting', waiting: { for: 'approval', approvalId: 'approval-1' }, executionStatus: 'Stopping', ...changes })).release;
const told = (shown: unknown): string => JSON.stringify(shown);

describe('an execution that is being stopped while it asks for an approval', () => {
  it('waits for no approval any more, and says so', () => {
    expect(planned(asked(), 'InProgress').release).toMatchObject({ status: 'waiting', waiting: { for: 'approval' } });
    expect(stopping().status).toBe('running');
    expect(statusWords(stopping())).toBe('being stopped in AWS');
    expect(told(releaseThread(stopping(), {}))).not.toContain('waiting for approval');
    expect(gateInTheWay(stopping())).toBeUndefined();
  });

  it('offers no yes, in the thread or directly, but a no that ends it', () => {
    for (const shown of [approvalReply(stopping(), 'approval', 'approval-1', {}), directMessages(stopping(), undefined)]) {
      expect(told(shown)).toContain('is being stopped in AWS, so there is nothing to approve any more');
      expect(told(shown)).not.toMatch(/approval\.approve|approval\.comment|may \*shop|May #/);
      expect(told(shown)).toContain('"action_id":"approval.reject"');
    }
  });

  it('offers no answer at all where nobody could give one', () => {
    const { policy: _none, ...unasked } = anApproval();
    for (const release of [stopping({ approvals: [unasked] }), stopping({ cancel: { by: ADA, at: T0, askedAws: true } })]) {
      expect(told(approvalReply(release, 'approval', 'approval-1', {}))).not.toContain('action_id');
    }
  });

  it('reminds nobody', () => {
    const late = [anApproval({ expiresAt: T0 + 90_000 })];
    expect(withReminders(asked({ approvals: late }), NOW).notes).toHaveLength(2);
    expect(withReminders(stopping({ approvals: late }), NOW).notes).toHaveLength(1);
  });

  it('is abandoned if somebody cancels the release, once', () => {
    const cancel = { by: ADA, at: T0 };
    expect(planned(asked({ cancel })).effect).toMatchObject({ by: ADA, effect: { kind: 'stop-execution', executionId: 'execution-1', abandon: true } });
    expect(planned(asked({ cancel: { ...cancel, askedAws: true } })).effect).toBeUndefined();
  });

  it('takes a no, and refuses a yes of an old button', async () => {
    const world = aWorld();
    await world.store.addRelease(asked({ status: 'waiting' }));
    const { execution } = standsAtApproval(world);
    execution.status = 'Stopping';
    const answer = await decideApproval({ approvalId: 'approval-1', user: GRACE, approves: true }, world);
    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'approval-changed', what: 'stopping' } });
    expect(answer.ok ? '' : refusalText(answer.refusal)).toContain('it is being stopped in AWS, and no yes lets it go on');
    expect(await decideApproval({ approvalId: 'approval-1', user: GRACE, approves: false }, world)).toMatchObject({ ok: true, value: { approvals: [{ verdict: 'rejected' }] } });
  });
});
