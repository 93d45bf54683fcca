import type { Seed, SeedAlarm } from '../seed.ts';
import { apiApplication, apiPipeline, apiProject, apiRepository } from './api.ts';
import { shopApplication, shopPipeline, shopProject, shopRepository } from './shop.ts';

/** The default account: `shop` (CodeCommit, SUPERSEDED, rolling production) and `api` (GitHub, PARALLEL, immutable production). */
export function defaultSeed(startedAt: number): Seed {
  return {
    startedAt,
    accountId: '123456789012',
    region: 'us-east-1',
    keys: [
      { accessKeyId: 'AKIASANDBOXJACK00001', secretAccessKey: 'sandbox-secret', user: 'jack' },
      { accessKeyId: 'AKIASANDBOXCONS00001', secretAccessKey: 'sandbox-secret', user: 'console-olive' },
    ],
    roles: ['jack'],
    repositories: [shopRepository, apiRepository],
    projects: [shopProject, apiProject],
    pipelines: [shopPipeline, apiPipeline],
    applications: [shopApplication, apiApplication],
    alarms: [
      alarm('shop-prod-5xx', 'shop-prod', 'More than 5 answers with 5xx in a minute', 'ApplicationRequests5xx', 'Sum', 5),
      alarm('shop-prod-latency', 'shop-prod', 'p95 latency above 1.5 s for 3 minutes', 'ApplicationLatencyP95', 'Average', 1.5, 3),
      alarm('api-prod-5xx', 'api-prod', 'More than 5 answers with 5xx in a minute', 'ApplicationRequests5xx', 'Sum', 5),
    ],
    queues: [{ name: 'jack-events', deadLetterQueue: 'jack-events-dead', maxReceiveCount: 5 }, { name: 'jack-events-dead' }],
    rules: [
      {
        name: 'jack-events',
        pattern: { source: ['aws.codepipeline', 'aws.codebuild', 'aws.elasticbeanstalk', 'aws.cloudwatch'] },
        queues: ['jack-events'],
      },
    ],
  };
}

function alarm(name: string, environment: string, description: string, metric: string, statistic: string, threshold: number, evaluationPeriods = 1): SeedAlarm {
  return {
    name,
    description,
    namespace: 'AWS/ElasticBeanstalk',
    metric,
    dimensions: { EnvironmentName: environment },
    statistic,
    period: 60,
    evaluationPeriods,
    threshold,
    comparison: 'GreaterThanThreshold',
    state: 'OK',
  };
}
