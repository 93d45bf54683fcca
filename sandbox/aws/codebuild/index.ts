import type { Account, BuildRunner } from '../account.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import type { Workshop } from './build.ts';
import { operations } from './operations/index.ts';
import { recallBuilds } from './past.ts';
import { startBuild } from './play.ts';

/** CodeBuild, and `Account.builds`. */
export function codebuild(account: Account, seed: Seed): Part & { readonly builds: BuildRunner } {
  const workshop: Workshop = { account, projects: new Map(seed.projects.map((project) => [project.name, project])), builds: [], reports: [], createdAt: seed.startedAt };
  return {
    service: { name: 'codebuild', handlers: operations(workshop) },
    builds: runner(workshop),
    begin: () => recallBuilds(workshop, seed),
  };
}

function runner(workshop: Workshop): BuildRunner {
  return {
    hasProject: (name) => workshop.projects.has(name),
    start: (order) => {
      const { project: name, initiator, commit, environment } = order;
      const project = workshop.projects.get(name);
      if (!project) throw new Error(`No project ${name}: ask hasProject first`);
      const { id, arn } = startBuild(workshop, { project, initiator, fromPipeline: true, commit, environment, onEnd: (result) => order.onEnd(result) });
      return { id, arn, url: `https://console.aws.amazon.com/codebuild/home?region=${workshop.account.region}#/builds/${id}/view/new` };
    },
    stop: (id) => workshop.builds.find((build) => build.id === id)?.stop?.(),
  };
}
