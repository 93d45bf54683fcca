import { describe, expect, it } from '@jest/globals';
import { toEnvironment, toHealth, toInstance } from '../../src/aws/beanstalk/environments.ts';

describe('the health of an environment', () => {
  it.each([
    ['Ok', 'Green', 'ok', 'Ok'], ['Info', 'Green', 'ok', 'Info'],
    ['Warning', 'Yellow', 'bad', 'Warning'], ['Degraded', 'Red', 'bad', 'Degraded'], ['Severe', 'Red', 'bad', 'Severe'],
    ['Pending', 'Grey', 'unknown', 'Pending'], ['NoData', 'Grey', 'unknown', 'NoData'], ['Suspended', 'Grey', 'unknown', 'Suspended'], ['Unknown', 'Grey', 'unknown', 'Unknown'],
    [undefined, 'Green', 'ok', 'Green'], [undefined, 'Yellow', 'bad', 'Yellow'], [undefined, 'Red', 'bad', 'Red'], [undefined, 'Grey', 'unknown', 'Grey'],
    [undefined, undefined, 'unknown', 'Unknown'],
  ] as const)('enhanced %s, colour %s is %s', (enhanced, colour, verdict, word) => {
    expect(toHealth({ ...(enhanced && { HealthStatus: enhanced }), ...(colour && { Health: colour }) }, ['why'])).toEqual({ verdict, word, causes: ['why'] });
  });
});

describe('an environment', () => {
  it('has no instances where basic health does not tell them', () => {
    const environment = toEnvironment({ EnvironmentName: 'shop-prod', EnvironmentId: 'e-1', Status: 'Ready', VersionLabel: 'v1', Health: 'Green' }, [], undefined);
    expect(environment).toEqual({ beanstalkEnvironment: 'shop-prod', id: 'e-1', status: 'Ready', label: 'v1', abortable: false, health: { verdict: 'ok', word: 'Green', causes: [] } });
  });

  it('has the label of each instance, which may differ from its own', () => {
    expect(toInstance({ InstanceId: 'i-1', HealthStatus: 'Degraded', Causes: ['wrong version'], Deployment: { VersionLabel: 'v1', Status: 'Failed', DeploymentId: 3 } }))
      .toEqual({ id: 'i-1', health: 'Degraded', causes: ['wrong version'], label: 'v1', deployment: 'Failed' });
    expect(toInstance({ InstanceId: 'i-2' })).toEqual({ id: 'i-2', health: 'Unknown', causes: [] });
  });
});
