import { describe, expect, it } from '@jest/globals';
import { answered } from '../../src/aws/effects/answer.ts';
import type { EffectResult } from '../../src/ports.ts';
import { faultOf, nameOf } from '../../src/aws/faults.ts';

/** As the SDK throws them. */
function sdkError(name: string, message: string, httpStatusCode?: number, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...(httpStatusCode && { $metadata: { httpStatusCode } }), ...more });
}

describe('an error of AWS', () => {
  it.each([
    ['a throttled call', sdkError('ThrottlingException', 'Rate exceeded', 400), { retryable: true, unknownOutcome: false, retryAfterMs: 2000 }],
    ['a throttled call of Beanstalk', sdkError('Throttling', 'Rate exceeded', 400), { retryable: true, unknownOutcome: false }],
    ['a refused call', sdkError('ValidationException', 'no', 400), { retryable: false, unknownOutcome: false }],
    ['a denied call', sdkError('AccessDeniedException', 'no', 400), { retryable: false, unknownOutcome: false }],
    ['AWS breaking', sdkError('InternalFailure', 'oops', 500), { retryable: true, unknownOutcome: true }],
    ['a timeout', sdkError('TimeoutError', 'Request did not complete within 30000 ms', undefined, { code: 'ETIMEDOUT' }), { retryable: true, unknownOutcome: true }],
    ['a connection that broke', sdkError('Error', 'socket hang up', undefined, { code: 'ECONNRESET' }), { retryable: true, unknownOutcome: true }],
    ['nobody listening', sdkError('AggregateError', '', undefined, { code: 'ECONNREFUSED' }), { retryable: true, unknownOutcome: false }],
    ['a name that does not resolve', sdkError('Error', 'getaddrinfo ENOTFOUND', undefined, { code: 'ENOTFOUND' }), { retryable: true, unknownOutcome: false }],
    ['expired credentials', sdkError('ExpiredTokenException', 'expired', 403), { retryable: true, unknownOutcome: false }],
    ['unknown credentials', sdkError('UnrecognizedClientException', 'invalid', 403), { retryable: false, unknownOutcome: false }],
    ['no credentials', sdkError('CredentialsProviderError', 'none'), { retryable: true, unknownOutcome: false }],
  ])('is judged: %s', (_what, error, expected) => {
    expect(faultOf(error, 'codepipeline:StopPipelineExecution', { changes: true })).toMatchObject(expected);
  });

  it('of a read never leaves an outcome unknown', () => {
    expect(faultOf(sdkError('InternalFailure', 'oops', 500), 'codepipeline:GetPipeline').unknownOutcome).toBe(false);
  });

  it('names the missing permission and what to do', () => {
    const error = sdkError('AccessDeniedException', 'User: arn:aws:sts::123456789012:assumed-role/jack/U1-r7 is not authorized to perform: codepipeline:PutApprovalResult on resource: x because no identity-based policy allows it', 400);
    const { message } = faultOf(error, 'codepipeline:PutApprovalResult');
    expect(message).toContain('arn:aws:sts::123456789012:assumed-role/jack/U1-r7 may not call codepipeline:PutApprovalResult');
    expect(message).toContain('Allow codepipeline:PutApprovalResult');
    expect(message).toContain('jack iam-policy');
  });

  it('tells an explicit deny from a missing permission', () => {
    expect(faultOf(sdkError('AccessDenied', 'is not authorized to perform: s3:GetObject with an explicit deny', 403), 'elasticbeanstalk:UpdateEnvironment').message).toMatch(/s3:GetObject\. A policy denies it/);
  });

  it('names the bucket when Beanstalk may not fetch the bundle in the caller\'s name', () => {
    expect(faultOf(sdkError('InsufficientPrivilegesException', 'Access Denied: S3Bucket=codepipeline-us-east-1-1, S3Key=k', 403), 'elasticbeanstalk:UpdateEnvironment').message).toContain('Allow s3:GetObject on codepipeline-us-east-1-1');
  });

  it.each([
    sdkError('InvalidSignatureException', "The Canonical String should have been\n'POST\n/\n\nhost:codepipeline\nx-amz-security-token:IQoJSECRET\n'", 403),
    sdkError('ValidationException', 'no good: https://s3.amazonaws.com/b/k?X-Amz-Signature=IQoJSECRET&x=1', 400),
    sdkError('InternalFailure', 'password=IQoJSECRET', 500),
    sdkError('AccessDeniedException', 'token=IQoJSECRET is not authorized to perform: s3:GetObject', 403),
  ])('carries no secret into the thread and the log: %s', async (error) => {
    expect(faultOf(error, 'codepipeline:GetPipeline').message).not.toContain('IQoJSECRET');
    const told = await answered('codepipeline:StopPipelineExecution', () => Promise.reject(error)).catch((fault: unknown) => ({ text: String(fault) }));
    expect(JSON.stringify(told)).not.toContain('IQoJSECRET');
  });

  it('names the permission that is missing on a secret', () => {
    const error = sdkError('AccessDeniedException', 'User: arn:aws:sts::1:assumed-role/jack/x is not authorized to perform: secretsmanager:GetSecretValue', 400);
    expect(faultOf(error, 'codebuild:BatchGetBuilds').message).toContain('may not call secretsmanager:GetSecretValue');
  });

  it('keeps AWS\'s name through the fault', () => {
    expect(nameOf(faultOf(sdkError('PipelineNotFoundException', 'gone', 400), 'codepipeline:GetPipeline'))).toBe('PipelineNotFoundException');
  });
});

function fail(error: Error): Promise<EffectResult> {
  return answered('elasticbeanstalk:UpdateEnvironment', () => Promise.reject(error));
}

describe('an answered change', () => {
  it.each([
    ['busy', sdkError('InvalidParameterValue', 'Environment named shop-prod is in an invalid state for this operation. Must be Ready.', 400)],
    ['busy', sdkError('ConflictException', 'Your request cannot be handled because the pipeline is busy.', 400)],
    ['busy', sdkError('OperationInProgressException', 'wait', 400)],
    ['refused', sdkError('InvalidParameterValue', "No Application Version named 'x' found.", 400)],
    ['refused', sdkError('InsufficientPrivilegesException', 'Access Denied: S3Bucket=b, S3Key=k', 403)],
  ])('is %s', async (kind, error) => {
    expect(await fail(error)).toMatchObject({ kind });
  });

  it('throws where nobody knows', async () => {
    await expect(fail(sdkError('TimeoutError', 'Request did not complete within 30000 ms'))).rejects.toMatchObject({ unknownOutcome: true });
    await expect(fail(sdkError('Throttling', 'Rate exceeded', 400))).rejects.toMatchObject({ unknownOutcome: false, retryable: true });
  });
});
