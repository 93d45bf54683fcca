import type { Account, Deployer } from '../account.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { environmentRoute, managedUpdateRoute } from './control.ts';
import { deployer } from './deployer.ts';
import { followMishaps } from './mishaps.ts';
import { applicationHandlers } from './operations/applications.ts';
import { environmentHandlers } from './operations/environments.ts';
import { eventHandlers } from './operations/events.ts';
import { healthHandlers } from './operations/health.ts';
import { infoHandlers } from './operations/info.ts';
import { lifecycleHandlers } from './operations/lifecycle.ts';
import { platformHandlers } from './operations/platforms.ts';
import { resourceHandlers } from './operations/resources.ts';
import { environmentsState } from './page-state.ts';
import { storeBundles } from './past/bundles.ts';
import { populate } from './past/populate.ts';
import { Estate } from './state/estate.ts';
import { keepMetrics } from './state/metrics.ts';
import { stackName, stackResources } from './state/resources.ts';

/** Elastic Beanstalk of one account. `beanstalk` is what CodePipeline's deploy action uses of it. */
export function beanstalk(account: Account, seed: Seed): Part & { readonly beanstalk: Deployer } {
  const estate = new Estate(account);
  populate(estate, seed);
  return {
    service: {
      name: 'elasticbeanstalk',
      handlers: {
        ...applicationHandlers(estate),
        ...environmentHandlers(estate),
        ...eventHandlers(estate),
        ...healthHandlers(estate),
        ...infoHandlers(estate),
        ...lifecycleHandlers(estate),
        ...platformHandlers(estate),
        ...resourceHandlers(estate),
      },
    },
    beanstalk: deployer(estate),
    control: [environmentRoute(estate), managedUpdateRoute(estate)],
    state: () => environmentsState(estate),
    begin: () => {
      storeBundles(estate, seed);
      for (const each of estate.environments) account.stacks.create(stackName(each), stackResources(each, account.region, account.id));
      keepMetrics(estate);
      followMishaps(estate);
    },
  };
}
