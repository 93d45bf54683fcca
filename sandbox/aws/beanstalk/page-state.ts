import type { JsonObject } from '../../json.ts';
import type { Estate } from './state/estate.ts';
import { progress } from './state/health.ts';
import type { Environment } from './state/model.ts';

/** `environments` of `GET /aws/state`; alarms are joined in by whoever has them. */
export function environmentsState(estate: Estate): JsonObject {
  const shown = estate.environments.filter((each) => each.status !== 'Terminated');
  return { environments: shown.map((each) => environmentState(estate, each)) };
}

function environmentState(estate: Estate, environment: Environment): JsonObject {
  const { health, operation } = environment;
  return {
    name: environment.name,
    application: environment.application,
    version: environment.versionLabel,
    deploying: operation?.label,
    status: environment.status,
    health: health.status,
    causes: health.status === 'Info' && operation ? [progress(environment)] : health.causes,
    instances: environment.instances.map((each) => ({ id: each.id, version: each.deployment.label, health: each.health.status, status: each.deployment.status })),
    events: estate.events
      .filter((each) => each.environment === environment.name)
      .slice(-30)
      .toReversed()
      .map((each) => ({ at: each.at, severity: each.severity, message: each.message })),
    alarms: estate.account.alarms.ofEnvironment(environment.name).map(({ name, state }) => ({ name, state })),
  };
}
