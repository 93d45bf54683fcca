import type { Caller, Handler } from '../../engine/service.ts';
import type { Build, Workshop } from '../build.ts';
import { buildNotFound, invalidInput, projectNotFound } from '../errors.ts';
import { startBuild } from '../play.ts';
import { buildView } from '../view.ts';
import { typed } from '../../typed.ts';

interface StartInput {
  readonly projectName: string;
  readonly sourceVersion?: string;
  readonly sourceTypeOverride?: string;
  readonly sourceLocationOverride?: string;
  readonly environmentVariablesOverride?: readonly { readonly name: string; readonly value: string }[];
}

/** The sandbox's projects take their source from a pipeline: by hand they start only with a source of their own. */
export function startBuildByHand(workshop: Workshop): Handler {
  return typed<StartInput>((input, caller) => {
    const { account } = workshop;
    const project = workshop.projects.get(input.projectName);
    if (!project) throw projectNotFound(account.region, account.id, input.projectName);
    const override = input.sourceTypeOverride;
    if (override !== 'CODECOMMIT' && override !== 'GITHUB') {
      throw invalidInput('Invalid project source: a project of source type CODEPIPELINE is started by CodePipeline; override it with CODECOMMIT or GITHUB');
    }
    const repository = repositoryIn(input.sourceLocationOverride ?? '');
    const version = input.sourceVersion ?? 'main';
    const commit = account.repositories.commit(repository, version) ?? account.repositories.head(repository, version.replace('refs/heads/', ''));
    if (!commit) throw invalidInput(`Invalid source: no commit or branch ${version} in ${repository}`);
    const environment = (input.environmentVariablesOverride ?? []).map(({ name, value }) => ({ name, value }));
    return { build: buildView(workshop, startBuild(workshop, { project, initiator: initiatorOf(caller), fromPipeline: false, repository, commit, environment, onEnd: () => undefined })) };
  });
}

/** 'https://git-codecommit.…/v1/repos/shop' → 'shop'; 'https://github.com/acme/api.git' → 'acme/api'. */
function repositoryIn(location: string): string {
  return /\/v1\/repos\/(.+)$/.exec(location)?.[1] ?? /github\.com\/(.+?)(\.git)?$/.exec(location)?.[1] ?? location;
}

const initiatorOf = ({ arn }: Caller): string => arn.slice(arn.indexOf('/') + 1);

function buildNamed(workshop: Workshop, id: string): Build {
  const build = workshop.builds.find((each) => each.id === id || each.arn === id);
  if (!build) throw buildNotFound(id);
  return build;
}

/** A build that has ended is answered as it is. */
export function stopBuild(workshop: Workshop): Handler {
  return typed<{ readonly id: string }>(({ id }) => {
    const build = buildNamed(workshop, id);
    build.stop?.();
    return { build: buildView(workshop, build) };
  });
}

/** Builds that a pipeline started are retried by RetryStageExecution. */
export function retryBuild(workshop: Workshop): Handler {
  return typed<{ readonly id?: string }>((input, caller) => {
    if (!input.id) throw invalidInput('Invalid build id: null');
    const build = buildNamed(workshop, input.id);
    if (build.fromPipeline) throw invalidInput(`Build ${build.id} cannot be retried: its source is CODEPIPELINE`);
    const { project, commit, environment, repository } = build;
    return { build: buildView(workshop, startBuild(workshop, { project, initiator: initiatorOf(caller), fromPipeline: false, ...(repository ? { repository } : {}), commit, environment, onEnd: () => undefined })) };
  });
}
