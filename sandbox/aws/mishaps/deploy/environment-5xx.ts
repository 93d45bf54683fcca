import type { EnvironmentMishap } from '../../account.ts';

export const environment5xx: EnvironmentMishap = {
  id: 'environment-5xx',
  title: 'The environment answers 5xx',
  source: 'enhanced health events of the developer guide: "44.8 % of the requests are failing with HTTP 5xx."',
  kind: 'environment',
  health: { status: 'Severe', causes: ['44.8 % of the requests are failing with HTTP 5xx.'] },
  alarms: ['5xx'],
};
