import { randomUUID } from 'node:crypto';
import { ControlError } from '../../control/route.ts';
import type { ControlRoute } from '../../control/route.ts';
import { startManagedUpdate } from './deployment/managed-update.ts';
import type { Estate } from './state/estate.ts';
import { become, colorOf } from './state/health.ts';
import type { Environment, HealthStatus, Instance } from './state/model.ts';
import { objects, text, texts } from './operations/input.ts';

const statuses: readonly HealthStatus[] = ['NoData', 'Unknown', 'Pending', 'Ok', 'Info', 'Warning', 'Degraded', 'Severe', 'Suspended'];

/** Forces what an environment looks like, as if AWS had found it so. */
export function environmentRoute(estate: Estate): ControlRoute {
  return {
    method: 'POST',
    path: '/aws/environment',
    summary: '{name, health?, causes?, instances?: [{id, health?, causes?, version?}]}: forces the health of an environment and of its instances, and what version an instance runs',
    run: (args) => {
      const found = named(estate, text(args, 'name'));
      const status = healthOf(text(args, 'health'));
      for (const change of objects(args, 'instances')) force(found.instances, text(change, 'id'), healthOf(text(change, 'health')), texts(change, 'causes'), text(change, 'version'));
      if (status) become(estate, found, { status, causes: texts(args, 'causes') ?? [] });
      estate.changed();
      return { name: found.name, health: found.health.status, color: colorOf(found.health.status) };
    },
  };
}

/** Beanstalk's maintenance: it begins when told, and is over when told. */
export function managedUpdateRoute(estate: Estate): ControlRoute {
  return {
    method: 'POST',
    path: '/aws/managed-update',
    summary: '{name, over?}: Beanstalk begins a managed platform update of an environment, or with `over: true` ends it',
    run: (args) => {
      const found = named(estate, text(args, 'name'));
      const { operation } = found;
      if (args['over'] !== true) {
        if (found.status !== 'Ready') throw new ControlError(`'${found.name}' is ${found.status}; a managed update begins when it is Ready`);
        startManagedUpdate(estate, found, randomUUID());
      } else if (operation?.kind === 'managed-update') operation.end();
      else throw new ControlError(`No managed update of '${found.name}' is under way`);
      estate.changed();
      return { name: found.name, status: found.status };
    },
  };
}

function named(estate: Estate, name: string | undefined): Environment {
  const found = estate.environments.find((each) => each.name === name && each.status !== 'Terminated');
  if (!found) throw new ControlError(`There is no environment '${name ?? ''}'`);
  return found;
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
