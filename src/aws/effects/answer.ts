import type { EffectResult } from '../../ports.ts';
import { denial, faultOf, isDenied, isRefusal, nameOf, textOf } from '../faults.ts';
import type { Operation } from '../faults.ts';

const BUSY = new Set(['ConflictException', 'ConcurrentPipelineExecutionsLimitExceededException', 'ConcurrentModificationException', 'OperationInProgressException']);

/**
 * Makes the change once and says what AWS answered. `meaning` reads answers that only this call understands. Throws a
 * fault where AWS gave no answer (the change may have happened) or asked to come back later.
 */
export async function answered(
  operation: Operation,
  call: () => Promise<EffectResult>,
  meaning: (name: string, text: string) => EffectResult | undefined = () => undefined,
): Promise<EffectResult> {
  try {
    return await call();
  } catch (error) {
    if (isDenied(error)) return { kind: 'refused', text: denial(error, operation), ...requestOf(error) };
    if (!isRefusal(error)) throw faultOf(error, operation, { changes: true });
    const name = nameOf(error) ?? '';
    const text = textOf(error);
    return { ...(meaning(name, text) ?? { kind: isBusy(name, text) ? 'busy' : 'refused', text }), ...requestOf(error) };
  }
}

/** AWS's id of the request that this answers, as CloudTrail has it too; an error carries it as well. */
export function requestOf(answer: unknown): Pick<EffectResult, 'awsRequestId'> {
  if (typeof answer !== 'object' || answer === null || !('$metadata' in answer)) return {};
  const { requestId } = answer.$metadata as { readonly requestId?: string };
  return requestId === undefined ? {} : { awsRequestId: requestId };
}

/** Beanstalk has no error of its own for an environment at work: the text tells, as it does to the EB CLI. */
function isBusy(name: string, text: string): boolean {
  return BUSY.has(name) || /must be ready/i.test(text);
}
