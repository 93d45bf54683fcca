import type { ControlRoute } from '../control/route.ts';
import type { JsonObject } from '../json.ts';
import type { Account } from './account.ts';
import { objects, text } from './engine/values.ts';
import type { Part } from './part.ts';

/** `GET /aws/state`: what the services tell of themselves, with each environment's alarms. */
export function stateRoute(account: Account, parts: readonly Part[]): ControlRoute {
  return {
    method: 'GET',
    path: '/aws/state',
    summary: 'pipelines with their stages and executions, environments with their instances, events and alarms',
    run: () => {
      const state: JsonObject = Object.assign({}, ...parts.map((part) => part.state?.() ?? {}));
      const environments = objects(state, 'environments').map((environment) => ({ ...environment, alarms: account.alarms.ofEnvironment(text(environment, 'name') ?? '') }));
      return { ...state, environments };
    },
  };
}
