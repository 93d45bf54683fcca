import { describe, expect, it } from '@jest/globals';
import { toDefinition } from '../../src/aws/pipelines/definitions.ts';
import { declaration } from './recorded/shop.ts';

describe('a pipeline definition', () => {
  it('names source, project, approval and target environment', () => {
    const { pipeline, applications } = toDefinition(declaration, 'us-east-1');
    const actions = pipeline.stages.flatMap((stage) => stage.actions);
    expect(pipeline).toMatchObject({ name: 'shop', mode: 'SUPERSEDED', version: 4 });
    expect(actions.map(({ kind }) => kind)).toEqual(['source', 'build', 'approval', 'deploy']);
    expect(actions[0]?.source).toEqual({ repository: 'shop', branch: 'main' });
    expect(actions[1]?.project).toBe('shop-build');
    expect(actions[2]?.timeoutMs).toBe(3_600_000);
    expect(actions[3]?.beanstalkEnvironment).toBe('shop-prod');
    expect(applications).toEqual(['shop']);
  });

  it('has the actions of a stage in the order in which they run, however they are declared', () => {
    const declared = { ...declaration, stages: declaration.stages?.map((stage) => ({ ...stage, actions: stage.actions?.toReversed() })) };
    expect(declared.stages?.[2]?.actions?.map(({ actionTypeId }) => actionTypeId?.category)).toEqual(['Deploy', 'Approval']);
    expect(toDefinition(declared, 'us-east-1')).toEqual(toDefinition(declaration, 'us-east-1'));
  });

  it('takes a pipeline without a mode for SUPERSEDED', () => {
    const { executionMode: _left, ...v1 } = declaration;
    expect(toDefinition(v1, 'us-east-1').pipeline.mode).toBe('SUPERSEDED');
  });

  it('leaves out a deploy to another region', () => {
    const abroad = { ...declaration, stages: declaration.stages?.map((stage) => ({ ...stage, actions: stage.actions?.map((action) => ({ ...action, region: 'eu-west-1' })) })) };
    expect(toDefinition(abroad, 'us-east-1').applications).toEqual([]);
    expect(toDefinition(abroad, 'us-east-1').pipeline.stages[2]?.actions[1]?.beanstalkEnvironment).toBeUndefined();
  });

  it.each([
    ['CodeStarSourceConnection', { FullRepositoryId: 'acme/api', BranchName: 'main' }, { repository: 'acme/api', branch: 'main' }],
    ['GitHub', { Owner: 'acme', Repo: 'api', Branch: 'main' }, { repository: 'acme/api', branch: 'main' }],
    ['S3', { S3Bucket: 'b', S3ObjectKey: 'k' }, undefined],
  ])('reads the repository of a %s source', (provider, configuration, expected) => {
    const stages = [{ name: 'Source', actions: [{ name: 'S', actionTypeId: { category: 'Source' as const, owner: 'AWS' as const, provider, version: '1' }, configuration }] }];
    expect(toDefinition({ ...declaration, stages }, 'us-east-1').pipeline.stages[0]?.actions[0]?.source).toEqual(expected);
  });
});
