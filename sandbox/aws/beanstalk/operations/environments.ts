import { AwsError } from '../../engine/service.ts';
import type { Handler } from '../../engine/service.ts';
import { abort } from '../deployment/abort.ts';
import { startConfigure } from '../deployment/configure.ts';
import { mustBeReady, startDeploy } from '../deployment/update.ts';
import type { Estate } from '../state/estate.ts';
import { changed } from '../state/options.ts';
import { environmentView } from '../views/environment.ts';
import { flag, objects, page, refuseGiven, text, texts, time } from './input.ts';
import type { JsonObject } from '../../../json.ts';
import type { OptionSetting } from '../../seed.ts';

/** A terminated environment stays visible for about an hour. */
const terminatedShownFor = 3_600_000;

/** Describing and updating environments. */
export function environmentHandlers(estate: Estate): Record<string, Handler> {
  return {
    DescribeEnvironments: (input) => {
      const { items, NextToken } = page(chosen(estate, input), input);
      return { Environments: items.map((each) => environmentView(estate, each)), ...(NextToken !== undefined && { NextToken }) };
    },
    UpdateEnvironment: (input, caller) => {
      const environment = estate.environment(input);
      const label = text(input, 'VersionLabel');
      const options = objects(input, 'OptionSettings').map(setting);
      const removed = objects(input, 'OptionsToRemove').map(setting);
      const template = text(input, 'TemplateName');
      const configures = options.length > 0 || removed.length > 0;
      if (label !== undefined && (configures || template !== undefined)) throw new AwsError('InvalidParameterCombination', 'Cannot update both version and configuration of an environment in the same call.');
      refuseGiven(input, { TemplateName: 'configuration templates', PlatformArn: 'platform updates', SolutionStackName: 'platform updates', Tier: 'changes of a tier', GroupName: 'environment groups', Description: 'changes of a description' });
      mustBeReady(environment);
      if (label !== undefined) startDeploy(estate, environment, label, caller.requestId);
      else if (configures) startConfigure(estate, environment, changed(environment.options, options, removed), caller.requestId);
      return environmentView(estate, environment);
    },
    AbortEnvironmentUpdate: (input, caller) => abort(estate, estate.environment(input), caller.requestId),
  };
}

function chosen(estate: Estate, input: JsonObject): Estate['environments'] {
  const application = text(input, 'ApplicationName');
  const label = text(input, 'VersionLabel');
  const ids = texts(input, 'EnvironmentIds');
  const names = texts(input, 'EnvironmentNames');
  const since = time(input, 'IncludedDeletedBackTo') ?? estate.account.clock.now() - terminatedShownFor;
  const shown = input.IncludeDeleted === undefined || flag(input, 'IncludeDeleted');
  return estate.environments.filter(
    (each) =>
      (each.status !== 'Terminated' || (shown && each.updatedAt >= since)) &&
      (application === undefined || each.application === application) &&
      (label === undefined || each.versionLabel === label) &&
      (!ids?.length || ids.includes(each.id)) &&
      (!names?.length || names.includes(each.name)),
  );
}

function setting(each: JsonObject): OptionSetting {
  return { Namespace: text(each, 'Namespace') ?? '', OptionName: text(each, 'OptionName') ?? '', Value: text(each, 'Value') ?? '' };
}
