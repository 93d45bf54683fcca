import { AwsError } from '../../engine/service.ts';
import type { Handler } from '../../engine/service.ts';
import { notBuilt } from '../errors.ts';
import type { Estate } from '../state/estate.ts';
import { text } from './input.ts';

/** Tags of environments, and the platforms that they run on. */
export function platformHandlers(estate: Estate): Record<string, Handler> {
  return {
    ListTagsForResource: (input) => {
      const arn = text(input, 'ResourceArn') ?? '';
      const environment = estate.environments.find((each) => estate.arn('environment', `${each.application}/${each.name}`) === arn);
      if (!environment) throw new AwsError('ResourceNotFoundException', `Resource not found for arn '${arn}'.`);
      const tags = { ...environment.tags, 'elasticbeanstalk:environment-id': environment.id, 'elasticbeanstalk:environment-name': environment.name, Name: environment.name };
      return { ResourceArn: arn, ResourceTags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
    DescribePlatformVersion: () => refuse('describing platforms'),
    ListPlatformBranches: () => refuse('listing platform branches'),
    ListPlatformVersions: () => {
      const known = [...new Map(estate.environments.map((each) => [each.platformArn, each])).values()];
      return { PlatformSummaryList: known.map((each) => ({ PlatformArn: each.platformArn, PlatformOwner: 'AWSElasticBeanstalk', PlatformStatus: 'Ready', PlatformCategory: 'Node.js', OperatingSystemName: 'Amazon Linux', OperatingSystemVersion: '2023/x86_64', PlatformVersion: each.platformArn.split('/').at(-1) ?? '', PlatformLifecycleState: 'Recommended', SupportedTierList: ['WebServer/Standard', 'Worker/SQS/HTTP'] })) };
    },
  };
}

function refuse(what: string): never {
  throw notBuilt(what);
}
