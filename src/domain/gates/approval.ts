import type { Gate, GateFacts } from './gate.ts';

/**
 * The environment's policy, whatever the route. Opened by the people in `approval.from`, as many as `count` says, and
 * never by who asked. Rollbacks ask nobody by default.
 */
export const approvalGate: Gate = {
  name: 'approval',
  examine: (facts) => {
    const { policy } = { policy: facts.environment.approval };
    if (facts.purpose === 'rollback') return { gate: 'approval', open: true, note: 'not-asked-for-rollbacks' };
    if (isGiven(facts)) return { gate: 'approval', open: true, note: 'given' };
    if (!policy) return facts.route === 'pipeline' && facts.approvalAction ? needed([], 1) : { gate: 'approval', open: true, note: 'no-policy' };
    return needed(policy.from, policy.count);
  },
};

function isGiven({ approval }: GateFacts): boolean {
  return approval?.verdict === 'approved' && approval.state === 'confirmed';
}

function needed(from: readonly string[], count: number) {
  return { gate: 'approval', open: false, manner: 'waits', because: 'approval-needed', from, count } as const;
}
