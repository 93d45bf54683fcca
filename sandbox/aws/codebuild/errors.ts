import { AwsError } from '../engine/service.ts';

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInputException', message);

/** As StartBuild says it in public transcripts. */
export const projectNotFound = (region: string, account: string, name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Project cannot be found: arn:aws:codebuild:${region}:${account}:project/${name}`);

export const buildNotFound = (id: string): AwsError => new AwsError('ResourceNotFoundException', `Build ${id} does not exist`);

export const reportNotFound = (arn: string): AwsError => new AwsError('ResourceNotFoundException', `Report ${arn} does not exist`);
