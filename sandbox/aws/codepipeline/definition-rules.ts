import type { PipelineDeclaration, StageDeclaration } from '../seed.ts';
import { isBuilt } from './actions/index.ts';
import { invalidAction, invalidStage, invalidStructure, validation } from './errors.ts';

/** Throws what AWS (or the sandbox, where it has not built a thing) has against a definition. */
export function checkDefinition(declaration: PipelineDeclaration): void {
  if (!declaration.artifactStore) throw validation('The sandbox has one region: give artifactStore, not artifactStores.');
  if (declaration.stages.length < 2) throw invalidStructure(`Pipeline has ${declaration.stages.length} stage(s). There should be a minimum of two stages in a pipeline`);
  if (declaration.pipelineType === 'V1' && declaration.executionMode !== 'SUPERSEDED') {
    throw invalidStructure(`Execution mode ${declaration.executionMode} requires pipeline type V2`);
  }
  if (declaration.pipelineType === 'V1' && declaration.variables?.length) throw invalidStructure('Pipeline variables require pipeline type V2');
  unique(declaration.stages.map((stage) => stage.name), (name) => invalidStructure(`Stage name '${name}' is used more than once. Stage names must be unique within a pipeline`));
  declaration.stages.forEach((stage, index) => checkStage(stage, index === 0));
  checkArtifacts(declaration);
}

function unique(names: readonly string[], refuse: (name: string) => Error): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(twice);
}

function checkStage(stage: StageDeclaration, isFirst: boolean): void {
  if (stage.beforeEntry || stage.onSuccess || stage.onFailure) throw invalidStage(`The sandbox has no stage conditions and no automatic retry or rollback (stage '${stage.name}')`);
  if (stage.actions.length === 0) throw invalidStage(`Stage '${stage.name}' has no actions`);
  unique(stage.actions.map((action) => action.name), (name) => invalidAction(`Action name '${name}' is used more than once in stage '${stage.name}'`));
  for (const action of stage.actions) {
    const { category, owner, provider, version } = action.actionTypeId;
    if (!isBuilt(action)) {
      throw invalidAction(`ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') in action '${action.name}' is not available in the sandbox`);
    }
    if ((category === 'Source') !== isFirst) {
      throw invalidStructure(isFirst ? `Pipeline should start with a stage that only contains source actions: '${action.name}' is none` : `Pipeline stage '${stage.name}' contains a source action. Only the first stage may`);
    }
    checkKeys(action.name, action.configuration ?? {}, requiredKeys[provider] ?? []);
    if (action.timeoutInMinutes !== undefined && category !== 'Approval') throw invalidAction(`timeoutInMinutes is only for approvals, not for '${action.name}'`);
  }
}

const requiredKeys: Readonly<Record<string, readonly string[]>> = {
  CodeCommit: ['RepositoryName', 'BranchName'],
  CodeStarSourceConnection: ['ConnectionArn', 'FullRepositoryId', 'BranchName'],
  CodeBuild: ['ProjectName'],
  ElasticBeanstalk: ['ApplicationName', 'EnvironmentName'],
};

function checkKeys(action: string, configuration: Readonly<Record<string, string>>, keys: readonly string[]): void {
  const missing = keys.filter((key) => !configuration[key]);
  if (missing.length > 0) throw invalidAction(`Action configuration for action '${action}' is missing required configuration '${missing.join("', '")}'`);
}

function checkArtifacts(declaration: PipelineDeclaration): void {
  const made = new Set<string>();
  for (const stage of declaration.stages) {
    for (const action of stage.actions.toSorted((a, b) => a.runOrder - b.runOrder)) {
      for (const { name } of action.inputArtifacts ?? []) {
        if (!made.has(name)) throw invalidStructure(`Input Artifact Bundle ${name} in action ${action.name} is declared as an input but is not declared as an output of any previous action`);
      }
      for (const { name } of action.outputArtifacts ?? []) {
        if (made.has(name)) throw invalidStructure(`Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once.`);
        made.add(name);
      }
    }
  }
}
