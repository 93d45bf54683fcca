import type { ActionDeclaration } from '../../seed.ts';
import type { Runner } from './job.ts';
import { approve } from './approval.ts';
import { build } from './codebuild.ts';
import { codeCommitSource } from './codecommit-source.ts';
import { connectionSource } from './connection-source.ts';
import { deploy } from './elastic-beanstalk.ts';

/** 'Category/Owner/Provider/Version' → what runs it. What is not here is refused when the pipeline is made. */
const runners: Readonly<Record<string, Runner>> = {
  'Source/AWS/CodeCommit/1': codeCommitSource,
  'Source/AWS/CodeStarSourceConnection/1': connectionSource,
  'Build/AWS/CodeBuild/1': build,
  'Test/AWS/CodeBuild/1': build,
  'Approval/AWS/Manual/1': approve,
  'Deploy/AWS/ElasticBeanstalk/1': deploy,
};

const keyOf = ({ actionTypeId: type }: ActionDeclaration): string => `${type.category}/${type.owner}/${type.provider}/${type.version}`;

export function isBuilt(action: ActionDeclaration): boolean {
  return keyOf(action) in runners;
}

/** Throws where the definition was let in without a look: that is a mistake of the sandbox. */
export function runnerOf(action: ActionDeclaration): Runner {
  const runner = runners[keyOf(action)];
  if (!runner) throw new Error(`the sandbox has no ${keyOf(action)}`);
  return runner;
}
