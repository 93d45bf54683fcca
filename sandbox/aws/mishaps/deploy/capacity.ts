import type { DeployMishap } from '../../account.ts';

const reason = 'Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient t3.small capacity in the Availability Zone you requested (us-east-1a). Our system will be working on provisioning additional capacity. Launching EC2 instance failed.';

export const capacity: DeployMishap = {
  id: 'deploy-capacity',
  title: 'EC2 has no capacity for new instances',
  source: 'public transcripts of InsufficientInstanceCapacity (Auto Scaling’s words)',
  kind: 'deploy',
  instancesDeployed: 0,
  events: [{ severity: 'ERROR', message: `Creating Auto Scaling group failed Reason: ${reason}` }],
  instanceLog: [],
  stackEvent: { logicalId: 'AWSEBAutoScalingGroup', type: 'AWS::AutoScaling::AutoScalingGroup', status: 'UPDATE_FAILED', reason },
};
