import { deploysTo } from '../../domain/app.ts';
import { occupies } from '../../domain/occupancy.ts';
import { isOver, type Release } from '../../domain/release.ts';
import { intends, isAt, type BarrierFacts, type Transition } from './transition.ts';

/** Whether a release of Jack's updates an environment behind the transition itself: a pipeline must not come in between. */
export function isWorkedBehind(transition: Pick<Transition, 'pipeline' | 'stage'>, { app, open }: Pick<BarrierFacts, 'app' | 'open'>): boolean {
  return open.some((release) => release.route.kind === 'version' && !isOver(release) && worksBehind(release, transition, app));
}

function worksBehind(release: Release, transition: Pick<Transition, 'pipeline' | 'stage'>, app: BarrierFacts['app']): boolean {
  if (intends(release, 'hold-transition', transition)) return true;
  if (release.holds.some((hold) => isAt(hold, transition) && (hold.state === 'held' || hold.state === 'foreign'))) return true;
  const environment = app.environments.find((one) => one.name === release.environment);
  const pipeline = app.pipelines.find((one) => one.name === transition.pipeline);
  const leadsThere = environment && pipeline && deploysTo(pipeline, environment.beanstalkEnvironment).some(({ stage }) => stage.name === transition.stage);
  return leadsThere === true && occupies(release, release.environment);
}
