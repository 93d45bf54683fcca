import type { JsonObject } from '../json.ts';
import { needObject, needText, oneOf, optionalFlag, optionalNumber, optionalObject, optionalText } from './arguments.ts';
import type { Aim, CallBook, CallRecord, Hold } from './call-book.ts';
import type { Fault } from './gate.ts';
import { ControlError, type ControlRoute } from './route.ts';

/** Looking at calls, holding them, making them fail. */
export function callRoutes(book: CallBook): readonly ControlRoute[] {
  return [
    { method: 'GET', path: '/calls', summary: 'every call so far; `since` (a number), `service`, `operation` and `mutates` narrow it', run: (args) => ({ calls: calls(book, args).map(asJson) }) },
    { method: 'POST', path: '/holds', summary: '`{service, operation, when, nth?}`: hold the nth such call, before its effect or after it', run: (args) => asJson(book.hold(aimOf(args), optionalNumber(args, 'nth') ?? 1)) },
    { method: 'GET', path: '/holds/:id', summary: 'the hold, once it holds a call or after `wait` ms', run: async (args) => asJson(await book.awaitHold(needText(args, 'id'), optionalNumber(args, 'wait') ?? 0)) },
    { method: 'POST', path: '/holds/:id/release', summary: '`{fault?}`: let the call go on, or fail', run: (args) => asJson(book.release(needText(args, 'id'), optionalFault(args))) },
    { method: 'DELETE', path: '/holds/:id', summary: 'give the hold up; a held call goes on', run: (args) => {
        book.forget(needText(args, 'id'));
        return {};
      } },
    { method: 'POST', path: '/faults', summary: '`{service, operation, when, fault, times?, delayMs?}`: make such calls fail', run: (args) => book.fail(aimOf(args), faultOf(needObject(args, 'fault')), optionalNumber(args, 'times'), optionalNumber(args, 'delayMs')) },
    { method: 'DELETE', path: '/faults/:id', summary: 'let such calls pass again', run: (args) => {
        book.stopFailing(needText(args, 'id'));
        return {};
      } },
  ];
}

function calls(book: CallBook, args: JsonObject): readonly CallRecord[] {
  const service = optionalText(args, 'service');
  const operation = optionalText(args, 'operation');
  const mutates = optionalFlag(args, 'mutates');
  return book
    .calls(optionalNumber(args, 'since'))
    .filter((call) => (service === undefined || call.service === service) && (operation === undefined || call.operation === operation) && (mutates === undefined || call.mutates === mutates));
}

function aimOf(args: JsonObject): Aim {
  return { service: optionalText(args, 'service') ?? 'any', operation: needText(args, 'operation'), when: oneOf(args, 'when', ['before', 'after']) };
}

function optionalFault(args: JsonObject): Fault | undefined {
  const fault = optionalObject(args, 'fault');
  return fault && faultOf(fault);
}

function faultOf(given: JsonObject): Fault {
  switch (oneOf(given, 'kind', ['status', 'error', 'drop'])) {
    case 'drop':
      return { kind: 'drop' };
    case 'status': {
      const status = optionalNumber(given, 'status');
      if (status === undefined) throw new ControlError('A fault of kind "status" needs a "status"');
      const headers = Object.fromEntries(Object.entries(optionalObject(given, 'headers') ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
      return { kind: 'status', status, body: given['body'] === '' ? '' : (optionalText(given, 'body') ?? ''), headers };
    }
    default: {
      const [message, status] = [optionalText(given, 'message'), optionalNumber(given, 'status')];
      return { kind: 'error', code: needText(given, 'code'), ...(message === undefined ? {} : { message }), ...(status === undefined ? {} : { status }) };
    }
  }
}

function asJson(value: Hold | CallRecord): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, item]));
}
