import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import type { App } from '../../domain/app.ts';
import type { ApplicationVersion } from '../../domain/observation.ts';
import { recentActions } from './attempts.ts';
import { given, timeOf } from '../given.ts';
import type { Read } from '../reads.ts';
import { parseLabel } from '../beanstalk/versions.ts';

/** One deploy action of CodePipeline to Beanstalk, with the artifact that it deployed. */
export interface DeployAction {
  readonly actionExecutionId: string;
  readonly pipeline: string;
  readonly executionId: string;
  readonly beanstalkEnvironment: string;
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly bundle?: { readonly bucket: string; readonly key: string };
}

/** 300 actions back, over all stages: some dozens of executions. */
const PAGES_BACK = 3;
/** CodePipeline makes the version right after its action starts. */
const LABEL_WITHIN_MS = 300_000;

/** The latest deploy actions of all the app's pipelines to its own application, newest first. */
export async function listDeployActions(read: Read, app: App): Promise<readonly DeployAction[]> {
  const found: DeployAction[] = [];
  for (const pipeline of app.pipelines) {
    const actions = await recentActions(read, app, pipeline.name, PAGES_BACK);
    found.push(...actions.flatMap((action) => toDeployAction(pipeline.name, app.application, action) ?? []));
  }
  return found.sort((a, b) => b.startedAt - a.startedAt);
}

/** Undefined: not a deploy to this Beanstalk application. */
export function toDeployAction(pipeline: string, application: string, told: ActionExecutionDetail): DeployAction | undefined {
  const { actionTypeId, configuration, resolvedConfiguration } = told.input ?? {};
  if (actionTypeId?.category !== 'Deploy' || actionTypeId.provider !== 'ElasticBeanstalk') return undefined;
  const target = { ...configuration, ...resolvedConfiguration };
  if (target['ApplicationName'] !== application) return undefined;
  const { bucket, key } = told.input?.inputArtifacts?.[0]?.s3location ?? {};
  const startedAt = timeOf(told.startTime) ?? 0;
  return {
    actionExecutionId: told.actionExecutionId ?? '',
    pipeline,
    executionId: told.pipelineExecutionId ?? '',
    beanstalkEnvironment: target['EnvironmentName'] ?? '',
    status: told.status ?? 'InProgress',
    startedAt,
    updatedAt: timeOf(told.lastUpdateTime) ?? startedAt,
    ...given({ bundle: bucket && key ? { bucket, key } : undefined }),
  };
}

/**
 * Which label the action set. CodePipeline does not say it: the version's source bundle is the action's input artifact.
 * The same artifact may have been deployed before, so a version made since the action started comes first; an older one
 * counts only once the action has succeeded. Without any such bundle, a label whose epoch falls into the action's time.
 */
export function labelOf(action: DeployAction, versions: readonly ApplicationVersion[]): string | undefined {
  const same = versions.filter((version) => isSame(version.bundle, action.bundle));
  const made = same.filter((version) => version.createdAt >= action.startedAt).sort((a, b) => a.createdAt - b.createdAt)[0];
  if (made) return made.label;
  const older = same.filter((version) => version.createdAt < action.startedAt).sort((a, b) => b.createdAt - a.createdAt)[0];
  if (older) return action.status === 'Succeeded' ? older.label : undefined;
  return labelByEpoch(action, versions);
}

/** Only if a single label fits: two actions may start in the same minutes. */
function labelByEpoch(action: DeployAction, versions: readonly ApplicationVersion[]): string | undefined {
  const until = Math.min(action.startedAt + LABEL_WITHIN_MS, action.status === 'InProgress' ? Number.POSITIVE_INFINITY : action.updatedAt);
  const fitting = versions.filter((version) => {
    const { at } = parseLabel(version.label);
    return !(version.bundle && action.bundle) && at !== undefined && at >= action.startedAt && at <= until;
  });
  return fitting.length === 1 ? fitting[0]?.label : undefined;
}

export function isSame(a: DeployAction['bundle'], b: DeployAction['bundle']): boolean {
  return a !== undefined && b !== undefined && a.bucket === b.bucket && a.key === b.key;
}
