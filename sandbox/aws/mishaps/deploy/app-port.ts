import type { DeployMishap } from '../../account.ts';

/** "Succeeds": only the health shows it. */
export const appPort: DeployMishap = {
  id: 'deploy-app-port',
  title: 'The application does not listen on the port that the proxy expects',
  source: 'health causes of meteor-up/mup-aws-beanstalk issue 9; nginx’s own words',
  kind: 'deploy',
  instancesDeployed: Number.POSITIVE_INFINITY,
  events: [],
  instanceLog: [
    '2026/11/22 10:42:03 [error] 2214#2214: *11 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.1.9, server: , request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:8080/", host: "10.0.2.44"',
  ],
  healthAfter: {
    status: 'Severe',
    causes: ['100.0 % of the requests are failing with HTTP 5xx.', 'ELB processes are not healthy on all instances.', 'ELB health is failing or not available for all instances.'],
  },
  alarms: ['5xx'],
};
