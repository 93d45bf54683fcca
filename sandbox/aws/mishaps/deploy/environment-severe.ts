import type { EnvironmentMishap } from '../../account.ts';

export const environmentSevere: EnvironmentMishap = {
  id: 'environment-severe',
  title: 'No instance of the environment answers',
  source: 'meteor-up/mup-aws-beanstalk issue 9 (event text)',
  kind: 'environment',
  health: {
    status: 'Severe',
    causes: ['100.0 % of the requests are failing with HTTP 5xx.', 'ELB processes are not healthy on all instances.', 'ELB health is failing or not available for all instances.'],
  },
  alarms: ['5xx', 'latency'],
};
