import { randomUUID } from 'node:crypto';
import { AwsError } from '../../engine/service.ts';
import type { Artifact } from '../execution.ts';
import type { ActionJob, Runner } from './job.ts';

/** As seen in accounts: the sha of a source artifact; else the artifact's name and a uuid that stands for nothing known. */
export function versionLabel(input: Artifact, now: number): string {
  return input.isSource && input.commit ? `code-pipeline-${now}-${input.commit.id}` : `code-pipeline-${now}-${input.name}-${randomUUID()}`;
}

function refused(job: ActionJob, error: AwsError): void {
  job.fail('JobFailed', `${error.message} (Service: AWSElasticBeanstalk; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${randomUUID()})`);
}

/** Makes a version of the input artifact and deploys it; CodePipeline retries nothing, so a busy environment fails the action. */
export const deploy: Runner = (job) => {
  const { book, action } = job;
  const { ApplicationName: application = '', EnvironmentName: environment = '' } = action.resolved;
  const [input] = action.inputs;
  if (!input) {
    job.fail('JobFailed', 'The action has no input artifact.');
    return undefined;
  }
  const label = versionLabel(input, book.account.clock.now());
  try {
    if (!book.account.beanstalk.hasEnvironment(application, environment)) {
      throw new AwsError('InvalidParameterValue', `No Environment found for EnvironmentName = '${environment}'.`);
    }
    book.account.beanstalk.createVersion({ application, label, bundle: { bucket: input.bucket, key: input.key } });
    action.externalUrl = `https://console.aws.amazon.com/elasticbeanstalk/home?region=${book.account.region}#/environment/dashboard?applicationName=${application}&environmentName=${environment}`;
    const { requestId } = book.account.beanstalk.deploy({
      application,
      environment,
      label,
      onEnd: ({ ok, errors }) => {
        if (ok) job.succeed({ summary: 'Deployment completed successfully' });
        else job.fail('JobFailed', `Deployment completed, but with errors: ${errors.join(' ')}`.slice(0, 5000));
      },
    });
    if (action.status === 'InProgress') action.externalId = requestId;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    refused(job, error);
  }
  return undefined;
};
