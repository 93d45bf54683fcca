import { AwsError } from '../engine/service.ts';

/** Beanstalk's refusals in its own words (sources: README.md). Most are InvalidParameterValue; only the text tells them apart. */

export function noEnvironment(field: 'EnvironmentName' | 'EnvironmentId', value: string): AwsError {
  return new AwsError('InvalidParameterValue', `No Environment found for ${field} = '${value}'.`);
}

export function noApplication(name: string): AwsError {
  return new AwsError('InvalidParameterValue', `No Application named '${name}' found.`);
}

export function noVersion(label: string): AwsError {
  return new AwsError('InvalidParameterValue', `No Application Version named '${label}' found.`);
}

export function mustBe(name: string, state: 'Ready' | 'pending deployment'): AwsError {
  return new AwsError('InvalidParameterValue', `Environment named ${name} is in an invalid state for this operation. Must be ${state}.`);
}

export function cannotTerminate(name: string): AwsError {
  return new AwsError('InvalidParameterValue', `Cannot terminate environment named ${name}. It is currently pending deployment.`);
}

export function missing(message: string): AwsError {
  return new AwsError('MissingRequiredParameter', message);
}

export function versionExists(label: string): AwsError {
  return new AwsError('InvalidParameterValue', `Application Version ${label} already exists.`);
}

export function badName(name: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${name} at 'EnvironmentName' failed to satisfy constraint: Member must contain only letters, digits, and the dash character and may not start or end with a dash`,
  );
}

export function noBundle(bucket: string, key: string): AwsError {
  return new AwsError('InvalidParameterValue', `Unable to download from S3 location (Bucket: ${bucket}  Key: ${key}). Reason: Not Found`);
}

export function badToken(): AwsError {
  return new AwsError('InvalidParameterValue', 'The NextToken is not valid.');
}

/** What the sandbox does not do: said as such, never pretended. */
export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `The sandbox does not do ${what}.`, 501);
}
