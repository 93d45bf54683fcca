import { describe, expect, it } from '@jest/globals';
import { parseLabel, toVersion } from '../../src/aws/beanstalk/versions.ts';
import { labelOf, toDeployAction } from '../../src/aws/pipelines/deploys.ts';
import type { DeployAction } from '../../src/aws/pipelines/deploys.ts';
import type { ApplicationVersion } from '../../src/domain/observation.ts';
import { attempt } from './recorded/shop.ts';

const SHA = 'b7c0c5a1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f607';
const UUID = 'bfd866e4-64b5-4c78-a690-c58a40011aa9';
const bundle = { bucket: 'codepipeline-us-east-1-1', key: 'shop/BuildOutpu/AbC123' };
const START = 1_795_000_000_000;

describe('a version label', () => {
  it.each([
    [`code-pipeline-1795136719289-${SHA}`, { at: 1_795_136_719_289, commit: SHA }],
    [`code-pipeline-1795136719289-BuildOutput-${UUID}`, { at: 1_795_136_719_289 }],
    [`code-pipeline-1795136719289-My-Build-${UUID}`, { at: 1_795_136_719_289 }],
    ['v1.42', {}],
    [`code-pipeline-17951367-${SHA}`, {}],
  ])('%s tells %j', (label, expected) => {
    expect(parseLabel(label)).toEqual(expected);
  });
});

describe('an application version', () => {
  it.each([
    ['Unprocessed', true], ['PROCESSED', true], ['Processed', true], [undefined, true],
    ['Failed', false], ['FAILED', false], ['Processing', false], ['Building', false],
  ])('with status %s is usable: %s', (status, usable) => {
    expect(toVersion({ VersionLabel: 'v1', ...(status && { Status: status as 'Failed' }) }).usable).toBe(usable);
  });

  it('takes its commit from the label, else from the source build information', () => {
    expect(toVersion({ VersionLabel: `code-pipeline-1795136719289-${SHA}` }).commit).toBe(SHA);
    expect(toVersion({ VersionLabel: 'v1', SourceBuildInformation: { SourceType: 'Git', SourceRepository: 'CodeCommit', SourceLocation: `shop/${SHA}` } }).commit).toBe(SHA);
    expect(toVersion({ VersionLabel: 'v1', SourceBuildInformation: { SourceType: 'Zip', SourceRepository: 'S3', SourceLocation: 'bucket/key.zip' } })).not.toHaveProperty('commit');
  });
});

function action(more: Partial<DeployAction> = {}): DeployAction {
  return { actionExecutionId: 'a', pipeline: 'shop', executionId: 'e', beanstalkEnvironment: 'shop-prod', status: 'InProgress', startedAt: START, updatedAt: START + 60_000, bundle, ...more };
}

function version(label: string, createdAt: number, more: Partial<ApplicationVersion> = {}): ApplicationVersion {
  return { label, createdAt, usable: true, bundle, ...more };
}

function fitting(offset: number): ApplicationVersion {
  return version(`code-pipeline-${START + offset}-${SHA}`, START + offset);
}

describe('the label of a deploy action', () => {
  it('is the version of its own bundle, made first after it started', () => {
    const versions = [version('later', START + 9_000), version('own', START + 1_000), version('of dev', START - 60_000), version('other', START + 500, { bundle: { bucket: 'b', key: 'k' } })];
    expect(labelOf(action(), versions)).toBe('own');
  });

  it('is not known while only the environment before it has a version of the bundle', () => {
    expect(labelOf(action(), [version('of dev', START - 60_000)])).toBeUndefined();
    expect(labelOf(action({ status: 'Failed' }), [version('of dev', START - 60_000)])).toBeUndefined();
  });

  it('is an older version of the bundle once it has succeeded', () => {
    expect(labelOf(action({ status: 'Succeeded' }), [version('newest', START - 1_000), version('oldest', START - 60_000)])).toBe('newest');
  });

  it('goes by the epoch where there are no bundles, if a single label fits', () => {
    const { bundle: _left, ...blind } = action();
    expect(labelOf(blind, [fitting(2_000), fitting(-60_000)])).toBe(`code-pipeline-${START + 2_000}-${SHA}`);
    expect(labelOf(blind, [fitting(2_000), fitting(3_000)])).toBeUndefined();
  });
});

describe('a deploy action', () => {
  const told = attempt({
    category: 'Deploy', provider: 'ElasticBeanstalk', stageName: 'Prod', actionName: 'DeployProd',
    input: { configuration: { ApplicationName: 'shop', EnvironmentName: 'shop-prod' }, inputArtifacts: [{ name: 'BuildOutput', s3location: bundle }] },
  });

  it('names its environment and its bundle', () => {
    expect(toDeployAction('shop', 'shop', told)).toMatchObject({ pipeline: 'shop', beanstalkEnvironment: 'shop-prod', bundle });
  });

  it('of another application is none of ours', () => {
    expect(toDeployAction('shop', 'api', told)).toBeUndefined();
  });
});
