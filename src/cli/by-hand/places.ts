import type { ConfiguredApp } from '../../config/config.ts';
import { deploysTo, type App, type Environment, type Pipeline, type PipelineAction } from '../../domain/app.ts';
import { unknownWay, WAY_NAMES, type Place, type Way } from './place.ts';
import { literal, variable } from './word.ts';

/** The environment as AWS and jack.yml together know it. */
export function placeOf(app: App, environment: Environment): Place {
  return {
    region: literal(app.region),
    application: literal(app.application),
    environment: literal(environment.beanstalkEnvironment),
    ways: app.pipelines.flatMap((pipeline) => waysOf(pipeline, environment.beanstalkEnvironment)),
    unknown: [],
  };
}

/** The same from jack.yml alone: it seldom names pipelines, and an environment's Beanstalk name only where it differs. */
export function placeOfFile(app: ConfiguredApp, name: string | undefined): Place {
  const beanstalkEnvironment = app.environments.find((one) => one.name === name)?.beanstalkEnvironment;
  const [pipeline, ...more] = app.pipelines ?? [];
  const isOne = pipeline !== undefined && more.length === 0;
  return {
    region: literal(app.region),
    application: literal(app.application),
    environment: beanstalkEnvironment === undefined ? variable('ENVIRONMENT') : literal(beanstalkEnvironment),
    ways: [unknownWay(isOne ? literal(pipeline) : undefined)],
    unknown: [...(beanstalkEnvironment === undefined ? ['ENVIRONMENT'] : []), ...WAY_NAMES.filter((one) => !isOne || one !== 'PIPELINE')].map((one) => ({ name: one })),
  };
}

function waysOf(pipeline: Pipeline, beanstalkEnvironment: string): readonly Way[] {
  const source = pipeline.stages.flatMap((stage) => stage.actions).find((action) => action.source !== undefined);
  return deploysTo(pipeline, beanstalkEnvironment).map(({ stage, action }) => ({
    pipeline: literal(pipeline.name),
    stage: literal(stage.name),
    deploy: literal(action.name),
    title: `Pipeline ${pipeline.name}, stage ${stage.name}`,
    mode: pipeline.mode === 'PARALLEL' ? 'parallel' : 'one-by-one',
    isFirstStage: stage === pipeline.stages[0],
    approvals: approvalsBefore(pipeline, action).map((one) => ({ stage: literal(one.stage), action: literal(one.action) })),
    ...(source && { source: literal(source.name) }),
  }));
}

/** The manual approvals between the deploy before and this one, in the order in which they are asked. */
export function approvalsBefore(pipeline: Pipeline, deploy: PipelineAction): readonly { readonly stage: string; readonly action: string }[] {
  const all = pipeline.stages.flatMap((stage) => [...stage.actions].sort((a, b) => a.runOrder - b.runOrder).map((action) => ({ stage: stage.name, action })));
  const before = all.slice(0, all.findIndex((one) => one.action === deploy));
  const from = before.findLastIndex((one) => one.action.beanstalkEnvironment !== undefined && one.action.beanstalkEnvironment !== deploy.beanstalkEnvironment);
  return before.slice(from + 1).filter((one) => one.action.kind === 'approval').map((one) => ({ stage: one.stage, action: one.action.name }));
}
