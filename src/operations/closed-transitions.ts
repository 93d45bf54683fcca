import { deploysTo, type App, type Environment } from '../domain/app.ts';
import type { DisabledTransition } from '../domain/observation.ts';
import type { World } from '../ports.ts';

/** The ways into stages that are closed between the source and the environment: a release waits there. */
export async function transitionsBefore(app: App, environment: Environment, world: World): Promise<readonly DisabledTransition[]> {
  const pipeline = app.pipelines.find((one) => deploysTo(one, environment.beanstalkEnvironment).length > 0);
  if (!pipeline) return [];
  const names = pipeline.stages.map((stage) => stage.name);
  const last = names.indexOf(deploysTo(pipeline, environment.beanstalkEnvironment).at(-1)?.stage.name ?? '');
  const disabled = await world.aws.disabledTransitions(app, pipeline);
  return disabled.filter(({ stage }) => names.indexOf(stage) <= last);
}
