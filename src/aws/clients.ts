import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { CodeCommitClient } from '@aws-sdk/client-codecommit';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ElasticBeanstalkClient } from '@aws-sdk/client-elastic-beanstalk';
import { STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { App, Principal } from '../domain/app.ts';

/** A region, and the role by which Jack acts there. */
export type Account = Pick<App, 'region' | 'roleArn'>;

/** One client per service, for reading: the SDK retries by itself a little. */
export interface ReadClients {
  readonly codepipeline: CodePipelineClient;
  readonly elasticbeanstalk: ElasticBeanstalkClient;
  readonly codebuild: CodeBuildClient;
  readonly codecommit: CodeCommitClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudwatch: CloudWatchClient;
  readonly cloudtrail: CloudTrailClient;
  readonly sts: STSClient;
}

/** For changes: one try, no retry, in the name of the person who asked. */
export interface EffectClients {
  readonly codepipeline: CodePipelineClient;
  readonly elasticbeanstalk: ElasticBeanstalkClient;
}

export interface ClientPool {
  reading(account: Account): ReadClients;
  changing(account: Account, sessionName: string): EffectClients;
  close(): void;
}

const READ_ATTEMPTS = 3;
const CONNECT_MS = 3_000;
/** Without `throwOnRequestTimeout` the SDK only logs a warning and waits for ever. */
const TIMEOUTS = { connectionTimeout: CONNECT_MS, requestTimeout: 10_000, socketTimeout: 10_000, throwOnRequestTimeout: true };
/** UpdateEnvironment and its like answer slowly, and a timeout there means that nobody knows. */
const EFFECT_TIMEOUTS = { ...TIMEOUTS, requestTimeout: 30_000, socketTimeout: 30_000 };
/** Each has its own assumed session; beyond this the oldest is forgotten. */
const MOST_SESSIONS = 50;

/** Addresses and credentials come from the SDK's usual places (AWS_ENDPOINT_URL, AWS_PROFILE, container role, …). */
export function createClientPool(): ClientPool {
  const readHandler = new NodeHttpHandler(TIMEOUTS);
  const effectHandler = new NodeHttpHandler(EFFECT_TIMEOUTS);
  const readers = new Map<string, ReadClients>();
  const changers = new Map<string, EffectClients>();
  return {
    reading: (account) => keep(readers, accountKey(account), () => readClients(account, readHandler)),
    changing: (account, sessionName) =>
      keep(changers, `${accountKey(account)} ${account.roleArn ? sessionName : ''}`, () => effectClients(account, sessionName, { effectHandler, readHandler })),
    close() {
      readHandler.destroy();
      effectHandler.destroy();
    },
  };
}

export function accountKey(account: Account): string {
  return `${account.region} ${account.roleArn ?? ''}`;
}

/** What CloudTrail, `updatedBy` and `triggerDetail` show. Without a release it is for a lock or a freeze. STS allows [\w+=,.@-]{2,64}. */
export function sessionNameOf(by: Principal | undefined, releaseNumber: number | undefined): string {
  return `${by ?? 'jack'}-${releaseNumber === undefined ? 'lock' : `r${releaseNumber}`}`.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

function readClients(account: Account, requestHandler: NodeHttpHandler): ReadClients {
  const settings = { ...baseSettings(account, 'jack', requestHandler), maxAttempts: READ_ATTEMPTS, requestHandler };
  return {
    codepipeline: new CodePipelineClient(settings),
    elasticbeanstalk: new ElasticBeanstalkClient(settings),
    codebuild: new CodeBuildClient(settings),
    codecommit: new CodeCommitClient(settings),
    logs: new CloudWatchLogsClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    cloudtrail: new CloudTrailClient(settings),
    sts: new STSClient(settings),
  };
}

function effectClients(account: Account, sessionName: string, handlers: { readonly effectHandler: NodeHttpHandler; readonly readHandler: NodeHttpHandler }): EffectClients {
  const settings = { ...baseSettings(account, sessionName, handlers.readHandler), maxAttempts: 1, requestHandler: handlers.effectHandler };
  return { codepipeline: new CodePipelineClient(settings), elasticbeanstalk: new ElasticBeanstalkClient(settings) };
}

function baseSettings(account: Account, sessionName: string, requestHandler: NodeHttpHandler) {
  const { region, roleArn } = account;
  if (!roleArn) return { region };
  const credentials = fromTemporaryCredentials({
    params: { RoleArn: roleArn, RoleSessionName: sessionName },
    clientConfig: { region, requestHandler, maxAttempts: READ_ATTEMPTS },
  });
  return { region, credentials };
}

function keep<Value>(kept: Map<string, Value>, key: string, make: () => Value): Value {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.set(key, made);
  const [oldest] = kept.keys();
  if (kept.size > MOST_SESSIONS && oldest !== undefined) kept.delete(oldest);
  return made;
}
