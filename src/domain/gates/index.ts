import { alarmsGate } from './alarms.ts';
import { approvalGate } from './approval.ts';
import { environmentGate } from './environment.ts';
import { foreignLockGate } from './foreign-lock.ts';
import { freezeGate } from './freeze.ts';
import type { Gate, GateFacts, GateState } from './gate.ts';
import { lockGate } from './lock.ts';
import { promotionGate } from './promotion.ts';
import { queueGate } from './queue.ts';
import { roleGate } from './role.ts';

/** The order in which a release meets them: those that refuse at the request, then those where it waits. */
export const gates: readonly Gate[] = [roleGate, lockGate, foreignLockGate, freezeGate, queueGate, environmentGate, promotionGate, alarmsGate, approvalGate];

export type ClosedGate = GateState & { readonly open: false };

/** Every gate's state, in order: what `/deploy why` prints. */
export function examineGates(facts: GateFacts): readonly GateState[] {
  return gates.map((gate) => gate.examine(facts));
}

/** The first closed one, or undefined when all are open. */
export function firstClosed(facts: GateFacts): ClosedGate | undefined {
  return examineGates(facts).find(isClosed);
}

/** The first closed one that a request ends at; undefined: it is taken, and waits where it has to. */
export function refusing(facts: GateFacts): ClosedGate | undefined {
  return examineGates(facts).find((state): state is ClosedGate => isClosed(state) && state.manner === 'refuses');
}

function isClosed(state: GateState): state is ClosedGate {
  return !state.open;
}
