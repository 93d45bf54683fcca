import type { CallGate, Fault, WireCall } from '../../control/gate.ts';
import { jsonAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';

/** Lets a call have its effect and its answer, unless the gate holds it or puts a fault in the place of either. */
export async function throughGate(gate: CallGate, call: WireCall, effect: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
  const { ticket, fault } = await gate.before(call);
  if (fault !== undefined) return faultAnswer(fault);
  const answer = await effect();
  const instead = await gate.after(ticket, outcomeOf(answer));
  return instead === undefined ? answer : faultAnswer(instead);
}

function outcomeOf(answer: HttpAnswer): { readonly status: number; readonly error?: string } {
  if (answer.drop === true) return { status: 0, error: 'dropped' };
  return { status: answer.status, ...(answer.error === undefined ? {} : { error: answer.error }) };
}

function faultAnswer(fault: Fault): HttpAnswer {
  if (fault.kind === 'drop') return { drop: true };
  if (fault.kind === 'status') return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
  return jsonAnswer({ ok: false, error: fault.code }, { status: fault.status ?? 200, error: fault.code });
}
