import { ControlError } from '../../control/route.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { Estate } from './state/estate.ts';
import { become, colorOf } from './state/health.ts';
import type { HealthStatus, Instance } from './state/model.ts';
import { objects, text, texts } from './operations/input.ts';

const statuses: readonly HealthStatus[] = ['NoData', 'Unknown', 'Pending', 'Ok', 'Info', 'Warning', 'Degraded', 'Severe', 'Suspended'];

/** Forces what an environment looks like, as if AWS had found it so. */
export function environmentRoute(estate: Estate): ControlRoute {
  return {
    method: 'POST',
    path: '/aws/environment',
    summary: '{name, health?, causes?, instances?: [{id, health?, causes?, version?}]}: forces the health of an environment and of its instances, and what version an instance runs',
    run: (args) => {
      const found = estate.environments.find((each) => each.name === text(args, 'name') && each.status !== 'Terminated');
      if (!found) throw new ControlError(`There is no environment '${text(args, 'name') ?? ''}'`);
      const status = healthOf(text(args, 'health'));
      for (const change of objects(args, 'instances')) force(found.instances, text(change, 'id'), healthOf(text(change, 'health')), texts(change, 'causes'), text(change, 'version'));
      if (status) become(estate, found, { status, causes: texts(args, 'causes') ?? [] });
      estate.changed();
      return { name: found.name, health: found.health.status, color: colorOf(found.health.status) };
    },
  };
}

function healthOf(word: string | undefined): HealthStatus | undefined {
  if (word === undefined) return undefined;
  const status = statuses.find((each) => each === word);
  if (!status) throw new ControlError(`'${word}' is no health; one of ${statuses.join(', ')}`);
  return status;
}

function force(instances: readonly Instance[], id: string | undefined, status: HealthStatus | undefined, causes: readonly string[] | undefined, version: string | undefined): void {
  const instance = instances.find((each) => each.id === id);
  if (!instance) throw new ControlError(`There is no instance '${id ?? ''}' in this environment`);
  if (status) instance.health = { status, causes: causes ?? [] };
  if (version !== undefined) instance.deployment = { ...instance.deployment, label: version, status: 'Deployed' };
}
