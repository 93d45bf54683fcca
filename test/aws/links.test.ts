import { describe, expect, it } from '@jest/globals';
import { environmentEventsLink, linkTo, logStreamLink, trustedUrl } from '../../src/aws/links.ts';

describe('console links', () => {
  it.each([
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com'],
  ])('of %s stand on the partition\'s own host', (region, host) => {
    const app = { region, application: 'shop' };
    expect(linkTo(app, { kind: 'execution', pipeline: 'shop', executionId: 'e-1' })).toBe(`${host}/codesuite/codepipeline/pipelines/shop/executions/e-1/visualization?region=${region}`);
    expect(linkTo(app, { kind: 'pipeline', pipeline: 'shop' })).toBe(`${host}/codesuite/codepipeline/pipelines/shop/view?region=${region}`);
    expect(linkTo(app, { kind: 'environment', beanstalkEnvironment: 'shop-prod', id: 'e-abc' })).toBe(`${host}/elasticbeanstalk/home?region=${region}#/environment/dashboard?environmentId=e-abc`);
    expect(linkTo(app, { kind: 'build', buildId: 'shop:u-1' })).toBe(`${host}/codesuite/codebuild/projects/shop/build/shop%3Au-1/log?region=${region}`);
    expect(environmentEventsLink(app, 'e-abc')).toBe(`${host}/elasticbeanstalk/home?region=${region}#/environment/events?applicationName=shop&environmentId=e-abc`);
  });

  it('encode log groups twice, as the console does', () => {
    expect(logStreamLink('us-east-1', { group: '/aws/codebuild/proj', stream: 'u[1]', from: 7 }))
      .toBe('https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Faws$252Fcodebuild$252Fproj/log-events/u$255B1$255D$3Fstart$3D7');
  });
});

describe('an address from AWS', () => {
  it.each([
    'https://console.aws.amazon.com/codebuild/home',
    'https://us-east-1.console.aws.amazon.com/x',
    'https://cn-north-1.console.amazonaws.cn/x',
    'https://github.com/acme/api/commit/1',
  ])('%s is trusted', (url) => {
    expect(trustedUrl(url)).toBe(url);
  });

  it.each([
    'http://console.aws.amazon.com/x',
    'https://console.aws.amazon.com.evil.example/x',
    'https://user@github.com/x',
    'https://github.com:8443/x',
    'https://evil-console.aws.amazon.com.example',
    'javascript:alert(1)',
    'no address',
    undefined,
  ])('%s is not', (url) => {
    expect(trustedUrl(url)).toBeUndefined();
  });
});
