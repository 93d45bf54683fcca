import { uuidOf } from '../../seeds/past-run.ts';
import { batchSizeOf, policyOf } from '../state/options.ts';
import type { BeanstalkEvent, Environment, Severity } from '../state/model.ts';
import type { Past } from './populate.ts';

type Line = readonly [severity: Severity, message: string];

/** How the environment came to be. */
export function creationEvents(environment: Environment, region: string, account: string): readonly BeanstalkEvent[] {
  const lines: readonly Line[] = [
    ['INFO', 'createEnvironment is starting.'],
    ['INFO', `Using elasticbeanstalk-${region}-${account} as Amazon S3 storage bucket for environment data.`],
    ['INFO', 'Waiting for EC2 instances to launch. This may take a few minutes.'],
    ['INFO', `Successfully launched environment: ${environment.name}`],
  ];
  return spread(environment, lines, environment.createdAt, environment.createdAt + 240_000, uuidOf(environment.id, 'create'));
}

/** What a past deployment left in the events: the texts of the policy, spread over the time that it took, and health going Info and back. */
export function deploymentEvents(environment: Environment, past: Past): readonly BeanstalkEvent[] {
  const events = spread(environment, lines(environment, past), past.from, past.to, past.requestId, past.label);
  if (!environment.enhanced) return events;
  const size = environment.instances.length === 1 ? '1 instance' : `${environment.instances.length} instances`;
  const health = (at: number, message: string): BeanstalkEvent => ({ at, severity: 'INFO', message, application: environment.application, environment: environment.name });
  return [
    ...events,
    health(past.from + 19_000, `Environment health has transitioned from Ok to Info. Application update in progress on ${size}. 0 out of ${size} completed (running for 19 seconds).`),
    health(past.to + 37_000, 'Environment health has transitioned from Info to Ok.'),
  ];
}

function lines(environment: Environment, past: Past): readonly Line[] {
  const end: readonly Line[] = past.ok
    ? [
        ['INFO', 'New application version was deployed to running EC2 instances.'],
        ['INFO', 'Environment update completed successfully.'],
      ]
    : [['ERROR', 'Failed to deploy application.']];
  return [['INFO', 'Environment update is starting.'], ...middle(environment), ...end];
}

function middle(environment: Environment): readonly Line[] {
  const done = environment.instances.map((): Line => ['INFO', 'Instance deployment completed successfully.']);
  switch (policyOf(environment)) {
    case 'AllAtOnce':
      return [['INFO', 'Deploying new version to instance(s).'], ...done];
    case 'Immutable':
      return [['INFO', 'Immutable deployment policy enabled. Launching one instance with the new settings to verify health.'], ...done, ['INFO', 'Deployment succeeded. Terminating old instances and temporary Auto Scaling group.']];
    default:
      return [['INFO', 'Deploying new version to instance(s).'], ...batches(environment)];
  }
}

function batches(environment: Environment): readonly Line[] {
  const size = batchSizeOf(environment);
  const ids = environment.instances.map((each) => each.id);
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, n): readonly Line[] => {
    const batch = ids.slice(n * size, (n + 1) * size);
    const done = Math.min(ids.length, (n + 1) * size);
    return [
      ['INFO', `Batch ${n + 1}: Starting application deployment on instance(s) [${batch.join(', ')}].`],
      ['INFO', `Batch ${n + 1}: Starting application deployment command execution.`],
      ['INFO', `Command execution completed on ${done} of ${ids.length} instances in environment.`],
      ['INFO', `Batch ${n + 1}: Completed application deployment.`],
    ];
  }).flat();
}

function spread(environment: Environment, all: readonly Line[], from: number, to: number, requestId: string, versionLabel?: string): readonly BeanstalkEvent[] {
  const step = Math.max(1, Math.floor((to - from) / Math.max(1, all.length - 1)));
  return all.map(([severity, message], n) => ({
    at: from + n * step,
    severity,
    message,
    application: environment.application,
    environment: environment.name,
    requestId,
    ...(versionLabel !== undefined && { versionLabel }),
  }));
}
