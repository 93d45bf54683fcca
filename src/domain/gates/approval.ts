import { passable, type GateFacts, type GateState } from './gate.ts';

/**
 * The environment's policy, whatever the route; rollbacks have one of their own. Opened by the people in its `from`,
 * as many as `count` says, and never by who asked.
 */
export const approvalGate = passable({
  name: 'approval',
  examine(facts): GateState {
    if (isGiven(facts)) return { gate: 'approval', open: true, note: 'given' };
    const { environment, purpose } = facts;
    if (purpose === 'rollback') return environment.rollbackApproval ? needed(environment.rollbackApproval) : { gate: 'approval', open: true, note: 'not-asked-for-rollbacks' };
    if (environment.approval) return needed(environment.approval);
    return facts.route === 'pipeline' && facts.approvalAction ? needed({ from: [], count: 1 }) : { gate: 'approval', open: true, note: 'no-policy' };
  },
});

function isGiven({ approval }: GateFacts): boolean {
  return approval?.verdict === 'approved' && approval.state === 'confirmed';
}

function needed({ from, count }: { readonly from: readonly string[]; readonly count: number }): GateState {
  return { gate: 'approval', open: false, manner: 'waits', because: 'approval-needed', from, count };
}
