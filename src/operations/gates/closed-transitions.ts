import { pipelineTo, type App, type Environment } from '../../domain/app.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import { disabledOn, waysTo } from '../../domain/door/way.ts';
import type { World } from '../../ports.ts';

/** The ways into stages that are closed between the source and the environment: a release waits there. */
export async function transitionsBefore(app: App, environment: Environment, world: World): Promise<readonly DisabledTransition[]> {
  const pipeline = pipelineTo(app, environment);
  if (!pipeline) return [];
  const [way] = waysTo(app, environment, { kind: 'pipeline', pipeline: pipeline.name });
  return way ? disabledOn(way, await world.aws.disabledTransitions(app, pipeline)) : [];
}
