import { approvalGate } from './approval.ts';
import { environmentGate } from './environment.ts';
import type { Gate, GateFacts, GateState } from './gate.ts';
import { queueGate } from './queue.ts';
import { roleGate } from './role.ts';

/** The order in which a release meets them. */
export const gates: readonly Gate[] = [roleGate, approvalGate, queueGate, environmentGate];

/** Every gate's state, in order: what `/deploy why` prints. */
export function examineGates(facts: GateFacts): readonly GateState[] {
  return gates.map((gate) => gate.examine(facts));
}

/** The first closed one, or undefined when all are open. */
export function firstClosed(facts: GateFacts): (GateState & { open: false }) | undefined {
  return examineGates(facts).find((state): state is GateState & { open: false } => !state.open);
}
