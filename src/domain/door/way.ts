import { deploysTo, type App, type Environment } from '../app.ts';
import type { DisabledTransition } from '../observation.ts';
import type { Release } from '../release.ts';

/** Stages of one pipeline whose inbound transitions keep a release out. */
export interface Way {
  readonly pipeline: string;
  readonly stages: readonly string[];
}

/**
 * What a release has to come through: in its pipeline every stage from the source to the environment; on the route of a
 * version, which no transition stops, the stages that deploy there, for whoever closed those meant the environment.
 */
export function waysTo(app: App, environment: Environment, route: Pick<Extract<Release['route'], { kind: 'pipeline' }>, 'kind' | 'pipeline'> | { readonly kind: 'version' }): readonly Way[] {
  const pipelines = app.pipelines.filter(({ name }) => route.kind === 'version' || name === route.pipeline);
  return pipelines.flatMap((pipeline) => {
    const targets = deploysTo(pipeline, environment.beanstalkEnvironment).map(({ stage }) => stage.name);
    const names = pipeline.stages.map(({ name }) => name);
    const upTo = names.slice(0, names.indexOf(targets.at(-1) ?? '') + 1);
    const stages = route.kind === 'version' ? names.filter((name) => targets.includes(name)) : upTo;
    return stages.length > 0 ? [{ pipeline: pipeline.name, stages }] : [];
  });
}

/** Those of a pipeline's disabled transitions that lie on the way. */
export function disabledOn(way: Way, disabled: readonly DisabledTransition[]): readonly DisabledTransition[] {
  return disabled.filter(({ stage }) => way.stages.includes(stage));
}
