import type { EnvironmentMishap } from '../account.ts';
import { raiseAlarms } from './state/alarms.ts';
import type { Estate } from './state/estate.ts';
import { become, restInstances, restingHealth } from './state/health.ts';

/** Environment mishaps strike as soon as they are armed, and are over when they are disarmed (or when a deployment heals them). */
export function followMishaps(estate: Estate): void {
  const { mishaps } = estate.account;
  mishaps.onArm((mishap, place, armed) => {
    const environment = estate.environments.find((each) => each.name === place && each.status !== 'Terminated');
    if (!environment || mishap.kind !== 'environment') return;
    if (armed) {
      strike(estate, environment, mishap);
      const entry = mishaps.list().find((each) => each.id === mishap.id && each.place === place);
      if (entry?.times !== undefined) mishaps.take('environment', place);
      return;
    }
    restInstances(environment);
    become(estate, environment, restingHealth(environment));
  });
}

function strike(estate: Estate, environment: Estate['environments'][number], mishap: EnvironmentMishap): void {
  for (const instance of environment.instances) instance.health = { ...mishap.health };
  become(estate, environment, mishap.health);
  raiseAlarms(estate, environment, mishap.alarms);
}
