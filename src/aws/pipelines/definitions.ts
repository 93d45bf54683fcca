import { GetPipelineCommand } from '@aws-sdk/client-codepipeline';
import type { ActionDeclaration, PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { ActionKind, Pipeline, PipelineAction } from '../../domain/app.ts';
import { accountKey } from '../clients.ts';
import type { Account } from '../clients.ts';
import { given } from '../given.ts';
import { remember } from '../memory.ts';
import type { Read } from '../reads.ts';

/** A pipeline's definition, and which Beanstalk application each of its deploy actions targets. */
export interface Definition {
  readonly pipeline: Pipeline;
  readonly applications: readonly string[];
}

/** Definitions hardly ever change, and AWS limits the rate of reading them. */
const DEFINITION_MS = 120_000;
const MINUTE = 60_000;

export interface Definitions {
  /** Throws a fault when there is no such pipeline. `fresh`: asks AWS even when the definition is known. */
  of(account: Account, name: string, fresh?: boolean): Promise<Definition>;
}

export function createDefinitions(read: Read): Definitions {
  const known = remember<Definition>(DEFINITION_MS);
  return {
    of(account, name, fresh) {
      const key = `${accountKey(account)} ${name}`;
      if (fresh) known.forget(key);
      return known.of(key, async () => {
        const { pipeline } = await read(account, 'codepipeline:GetPipeline', { name }, ({ codepipeline }, input) => codepipeline.send(new GetPipelineCommand(input)));
        return toDefinition(pipeline ?? { name, roleArn: undefined, stages: [] }, account.region);
      });
    },
  };
}

/** Deploy actions of another region are left out: an app's environments stand in its own region. */
export function toDefinition(declared: PipelineDeclaration, region: string): Definition {
  const stages = declared.stages ?? [];
  const deploys = stages.flatMap((stage) => stage.actions ?? []).filter((action) => isBeanstalkDeploy(action, region));
  return {
    pipeline: {
      name: declared.name ?? '',
      mode: declared.executionMode ?? 'SUPERSEDED',
      version: declared.version ?? 1,
      stages: stages.map((stage) => ({ name: stage.name ?? '', actions: inOrder(stage.actions ?? []).map((action) => toAction(action, region)) })),
    },
    applications: [...new Set(deploys.flatMap((action) => action.configuration?.['ApplicationName'] ?? []))],
  };
}

/** As CodePipeline runs them: by runOrder, in whatever order they are declared. What stands before what is read from it. */
function inOrder(actions: readonly ActionDeclaration[]): readonly ActionDeclaration[] {
  return actions.toSorted((a, b) => (a.runOrder ?? 1) - (b.runOrder ?? 1));
}

const KINDS: Readonly<Record<string, ActionKind>> = { Source: 'source', Build: 'build', Test: 'test', Approval: 'approval', Deploy: 'deploy' };

export function kindOf(category: string | undefined): ActionKind {
  return KINDS[category ?? ''] ?? 'other';
}

function toAction(action: ActionDeclaration, region: string): PipelineAction {
  const kind = kindOf(action.actionTypeId?.category);
  const provider = action.actionTypeId?.provider ?? '';
  return {
    name: action.name ?? '',
    runOrder: action.runOrder ?? 1,
    kind,
    provider,
    ...given({
      beanstalkEnvironment: isBeanstalkDeploy(action, region) ? action.configuration?.['EnvironmentName'] : undefined,
      source: kind === 'source' ? sourceOf(provider, action.configuration ?? {}) : undefined,
      project: provider === 'CodeBuild' ? action.configuration?.['ProjectName'] : undefined,
      timeoutMs: kind === 'approval' && action.timeoutInMinutes !== undefined ? action.timeoutInMinutes * MINUTE : undefined,
    }),
  };
}

function isBeanstalkDeploy(action: ActionDeclaration, region: string): boolean {
  const { category, provider } = action.actionTypeId ?? {};
  return category === 'Deploy' && provider === 'ElasticBeanstalk' && (action.region === undefined || action.region === region);
}

function sourceOf(provider: string, configuration: Readonly<Record<string, string>>): { readonly repository: string; readonly branch: string } | undefined {
  const repository =
    provider === 'GitHub' ? [configuration['Owner'], configuration['Repo']].join('/') : (configuration['FullRepositoryId'] ?? configuration['RepositoryName']);
  const branch = configuration['BranchName'] ?? configuration['Branch'];
  return repository && branch ? { repository, branch } : undefined;
}
