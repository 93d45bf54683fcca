import { usualAssumptions } from '../../../sandbox/aws/assumptions.ts';
import type { Account } from '../../../sandbox/aws/account.ts';
import { beanstalk } from '../../../sandbox/aws/beanstalk/index.ts';
import { cloudformation } from '../../../sandbox/aws/cloudformation/index.ts';
import { mishapBoard } from '../../../sandbox/aws/mishaps/board.ts';
import { mishaps } from '../../../sandbox/aws/mishaps/index.ts';
import { loadSeed } from '../../../sandbox/aws/seeds/load.ts';
import type { Seed } from '../../../sandbox/aws/seed.ts';
import type { JsonObject } from '../../../sandbox/json.ts';
import { ManualClock } from './manual-clock.ts';

/** An answer of a handler, read without ceremony by tests. */
// oxlint-disable-next-line typescript/no-explicit-any -- answers are checked against AWS's models elsewhere; here they are only looked into
export type Answer = any;

/** Beanstalk and CloudFormation with small stand-ins for what they use, on a clock moved by hand. */
export function beanstalkAccount(change: (seed: Seed) => Seed = (seed) => seed) {
  const clock = new ManualClock();
  const objects = new Map<string, Uint8Array>();
  const emitted: { readonly detailType: string; readonly resources: readonly string[]; readonly detail: JsonObject }[] = [];
  const alarms = new Map<string, string>();
  const metrics: { readonly name: string; readonly environment: string | undefined; readonly value: number }[] = [];
  const logs: { readonly group: string; readonly stream: string; readonly lines: readonly string[] }[] = [];
  const seed = change(loadSeed(clock.now()));
  for (const alarm of seed.alarms) alarms.set(alarm.name, alarm.state);
  const standIns: { [Member in keyof Account]?: Partial<Account[Member]> } = {
    id: seed.accountId,
    region: seed.region,
    clock,
    bus: { emit: (event) => emitted.push(event) },
    objects: {
      put: (bucket, key, body) => {
        objects.set(`${bucket}/${key}`, body);
        return { versionId: 'v1', etag: 'e1' };
      },
      get: (bucket, key) => {
        const body = objects.get(`${bucket}/${key}`);
        return body && { body, versionId: 'v1', etag: 'e1' };
      },
      presign: (bucket, key) => `https://s3.test/${bucket}/${key}`,
    },
    logs: { write: (group, stream, lines) => logs.push({ group, stream, lines }) },
    metrics: { put: (_namespace, name, dimensions, value) => metrics.push({ name, environment: dimensions.EnvironmentName, value }) },
    alarms: {
      set: (name, state) => alarms.set(name, state),
      ofEnvironment: (environment) => [...alarms].filter(([name]) => name.startsWith(environment)).map(([name, state]) => ({ name, state })),
    },
    mishaps: mishapBoard(mishaps),
    assumptions: { ...usualAssumptions },
    repositories: { commit: () => undefined, head: () => undefined, onPush: () => undefined },
    changed: () => undefined,
  };
  const account = standIns as Account;
  const stacks = cloudformation(account, seed);
  Object.assign(account, { stacks: stacks.stacks });
  const part = beanstalk(account, seed);
  part.begin?.();
  let calls = 0;
  const handlers = { ...part.service.handlers, ...stacks.service.handlers };
  const call = (operation: string, input: JsonObject = {}): Answer => {
    calls += 1;
    const handler = handlers[operation];
    if (!handler) throw new Error(`There is no ${operation}`);
    return handler(input, { accountId: account.id, arn: `arn:aws:iam::${account.id}:user/jack`, region: account.region, requestId: `request-${calls}` }) ?? {};
  };
  /** Lets AWS seconds go by, a second at a time, so that what awaits in between goes on. */
  const pass = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 1) {
      clock.pass(1);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  };
  const addVersion = (application: string, label: string): void => {
    objects.set(`bundles/${label}.zip`, new Uint8Array([1]));
    call('CreateApplicationVersion', { ApplicationName: application, VersionLabel: label, SourceBundle: { S3Bucket: 'bundles', S3Key: `${label}.zip` } });
  };
  /** Starts a deployment; returns its request id. */
  const deploy = (environment: string, label: string): string => {
    call('UpdateEnvironment', { EnvironmentName: environment, VersionLabel: label });
    return `request-${calls}`;
  };
  const environment = (name: string): Answer => call('DescribeEnvironments', { EnvironmentNames: [name] }).Environments[0];
  /** Messages of one operation, oldest first. */
  const story = (requestId: string): readonly string[] => call('DescribeEvents', { RequestId: requestId }).Events.map((each: Answer) => `${each.Severity} ${each.Message}`).toReversed();
  const instances = (name: string): Answer => call('DescribeInstancesHealth', { EnvironmentName: name, AttributeNames: ['All'] }).InstanceHealthList;
  /** 'v2 Deployed', … in the order of the instances. */
  const versions = (name: string): readonly string[] => instances(name).map((each: Answer) => `${each.Deployment.VersionLabel} ${each.Deployment.Status}`);
  return { account, part, seed, clock, emitted, alarms, metrics, logs, objects, call, pass, addVersion, deploy, environment, story, instances, versions };
}
