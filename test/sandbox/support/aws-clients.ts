import { createRequire } from 'node:module';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as codebuild from '@aws-sdk/client-codebuild';
import * as codecommit from '@aws-sdk/client-codecommit';
import * as codepipeline from '@aws-sdk/client-codepipeline';
import * as elasticbeanstalk from '@aws-sdk/client-elastic-beanstalk';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import type { Answer, ClientConfig } from './aws-sandbox.ts';

/** Asks AWS one thing by the operation's name, whichever client does it. */
export type Ask = (service: string, operation: string, input: object) => Promise<Answer>;

interface Sender {
  send(command: unknown): Promise<Answer>;
}
type Module = Readonly<Record<string, unknown>>;

/** Package, client class, and the older SDK's name of each service. */
const services: Readonly<Record<string, { readonly module: Module; readonly client: string; readonly older: string }>> = {
  cloudformation: { module: cloudformation, client: 'CloudFormationClient', older: 'CloudFormation' },
  cloudtrail: { module: cloudtrail, client: 'CloudTrailClient', older: 'CloudTrail' },
  cloudwatch: { module: cloudwatch, client: 'CloudWatchClient', older: 'CloudWatch' },
  logs: { module: logs, client: 'CloudWatchLogsClient', older: 'CloudWatchLogs' },
  codebuild: { module: codebuild, client: 'CodeBuildClient', older: 'CodeBuild' },
  codecommit: { module: codecommit, client: 'CodeCommitClient', older: 'CodeCommit' },
  codepipeline: { module: codepipeline, client: 'CodePipelineClient', older: 'CodePipeline' },
  elasticbeanstalk: { module: elasticbeanstalk, client: 'ElasticBeanstalkClient', older: 'ElasticBeanstalk' },
  s3: { module: s3, client: 'S3Client', older: 'S3' },
  sqs: { module: sqs, client: 'SQSClient', older: 'SQS' },
  sts: { module: sts, client: 'STSClient', older: 'STS' },
};

/** The service of a package: '@aws-sdk/client-cloudwatch-logs' → 'logs'. */
export function serviceOfPackage(name: string): string {
  const known = name.replace('@aws-sdk/client-', '');
  return { 'cloudwatch-logs': 'logs', 'elastic-beanstalk': 'elasticbeanstalk' }[known] ?? known;
}

/** The newest SDK: one client per service. S3's bodies come as bytes. */
export function newestSdk(config: ClientConfig): Ask {
  const clients = new Map<string, Sender>();
  return async (service, operation, input) => {
    const { module, client } = entry(service);
    const sender = clients.get(service) ?? construct<Sender>(module[client], config);
    clients.set(service, sender);
    const { $metadata: _metadata, ...answer } = await sender.send(construct(module[`${operation}Command`], input));
    return answer.Body?.transformToByteArray ? { ...answer, Body: await answer.Body.transformToByteArray() } : answer;
  };
}

interface OlderService {
  readonly api: { readonly operations: Readonly<Record<string, { readonly output?: OlderShape }>> };
  makeRequest(operation: string, input: object): { promise(): Promise<Answer> };
}

/** A shape of the older SDK's model, which is what it reads of an answer. */
export interface OlderShape {
  readonly members?: Readonly<Record<string, OlderShape>>;
  readonly member?: OlderShape;
  readonly value?: OlderShape;
}

/** `aws-sdk` 2, with which models of another generation (and the query dialect for CloudWatch) come. */
export function olderSdk(config: ClientConfig): { readonly ask: Ask; output(service: string, operation: string): OlderShape } {
  process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';
  const load = createRequire(import.meta.url);
  const clients = new Map<string, OlderService>();
  const clientOf = (service: string): OlderService => {
    const made = clients.get(service) ?? construct<OlderService>(load(`aws-sdk/clients/${entry(service).older.toLowerCase()}`), { ...config, ...config.credentials, s3ForcePathStyle: true, maxRetries: 0 });
    clients.set(service, made);
    return made;
  };
  return {
    async ask(service, operation, input) {
      const { $response: _response, ResponseMetadata: _metadata, ...answer } = await clientOf(service).makeRequest(nameOf(operation), input).promise();
      return answer;
    },
    output: (service, operation) => clientOf(service).api.operations[nameOf(operation)]?.output ?? {},
  };
}

/** 'GetPipeline' is 'getPipeline' there. */
function nameOf(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

function entry(service: string): (typeof services)[string] {
  const found = services[service];
  if (!found) throw new Error(`the tests have no client for ${service}`);
  return found;
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the caller knows the class to make
function construct<Made>(constructor: unknown, argument: object): Made {
  return new (constructor as new (argument: object) => Made)(argument);
}
