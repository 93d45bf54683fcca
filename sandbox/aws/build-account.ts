import type { Clock } from '../clock.ts';
import type { ControlRoute, Change } from '../control/route.ts';
import { Denials } from './access/denials.ts';
import { iam } from './access/iam.ts';
import { sts } from './access/sts.ts';
import type { Account } from './account.ts';
import { usualAssumptions } from './assumptions.ts';
import { autoscaling } from './autoscaling.ts';
import { beanstalk } from './beanstalk/index.ts';
import { cloudformation } from './cloudformation/index.ts';
import { cloudtrail } from './cloudtrail/index.ts';
import { cloudwatch } from './cloudwatch/index.ts';
import { codebuild } from './codebuild/index.ts';
import { codecommit } from './codecommit/index.ts';
import { codepipeline } from './codepipeline/index.ts';
import { consoleRoute } from './console.ts';
import type { AwsSide } from './engine/call.ts';
import { Identities } from './engine/identities.ts';
import type { AwsService } from './engine/service.ts';
import { events } from './events/index.ts';
import { logs } from './logs/index.ts';
import { mishapBoard } from './mishaps/board.ts';
import { mishaps } from './mishaps/index.ts';
import type { Part } from './part.ts';
import { s3 } from './s3/index.ts';
import type { Seed } from './seed.ts';
import { sqs } from './sqs/index.ts';
import { stateRoute } from './state.ts';

/** One AWS account with all its services; a reset makes another. */
export interface BuiltAccount extends AwsSide {
  readonly seed: Seed;
  readonly routes: readonly ControlRoute[];
  /** Ends what waits: timers and long polls. */
  stop(): void;
}

export interface AccountOptions {
  readonly seed: Seed;
  readonly clock: Clock;
  /** Where this account's addresses (queues, presigned objects) point: 'http://127.0.0.1:PORT'. */
  readonly endpoint: () => string;
  readonly changed: (change: Change) => void;
}

/** Makes the services and joins them: each knows the others by `Account` only. */
export function buildAccount(options: AccountOptions): BuiltAccount {
  const { seed, clock } = options;
  const account: Account = {
    id: seed.accountId,
    region: seed.region,
    clock,
    assumptions: { ...usualAssumptions },
    mishaps: mishapBoard(mishaps),
    changed: options.changed,
    get bus() { return parts.events.bus; },
    get objects() { return parts.s3.objects; },
    get repositories() { return parts.codecommit.repositories; },
    get logs() { return parts.logs.logs; },
    get metrics() { return parts.cloudwatch.metrics; },
    get alarms() { return parts.cloudwatch.alarms; },
    get stacks() { return parts.cloudformation.stacks; },
    get builds() { return parts.codebuild.builds; },
    get beanstalk() { return parts.beanstalk.beanstalk; },
  };
  const services = new Map<string, AwsService>();
  const identities = new Identities(seed.accountId, seed.keys);
  const denials = new Denials();
  const parts = makeParts(account, options, services, identities, denials);
  const all: readonly Part[] = Object.values(parts);
  for (const { service } of all) services.set(service.name, service);
  const side: AwsSide = { account, services, identities, record: (entry) => parts.cloudtrail.record(entry), authorize: (action, arn, status) => denials.check(action, arn, status) };
  for (const part of all) part.begin?.();
  return {
    ...side,
    seed,
    routes: [...all.flatMap((part) => part.control ?? []), stateRoute(account, all), consoleRoute(side)],
    stop() {
      clock.stop();
      parts.sqs.queues.stop();
    },
  };
}

function makeParts(account: Account, { seed, endpoint }: AccountOptions, services: ReadonlyMap<string, AwsService>, identities: Identities, denials: Denials) {
  const queues = sqs(account, seed, endpoint);
  return {
    autoscaling: autoscaling(account, services),
    beanstalk: beanstalk(account, seed),
    cloudformation: cloudformation(account, seed),
    cloudtrail: cloudtrail(account),
    cloudwatch: cloudwatch(account, seed),
    codebuild: codebuild(account, seed),
    codecommit: codecommit(account, seed),
    codepipeline: codepipeline(account, seed),
    events: events(account, seed, queues.queues),
    iam: iam(denials),
    logs: logs(account),
    s3: s3(account, seed, endpoint),
    sqs: queues,
    sts: sts(account, seed, identities),
  };
}

