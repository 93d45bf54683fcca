import type { Commit } from '../account.ts';
import type { PastAction, Seed, SeedPipeline, SeedProject } from '../seed.ts';
import { seedTime } from '../seed.ts';
import type { Build, Phase, Workshop } from './build.ts';

/** The builds of the seed's past executions, oldest first. Their log streams are gone, as after the group's retention. */
export function recallBuilds(workshop: Workshop, seed: Seed): void {
  const all = seed.pipelines.flatMap((pipeline) => pipeline.past.flatMap((past) => past.actions.map((action) => ({ pipeline, past, action }))));
  for (const { pipeline, past, action } of all.toSorted((a, b) => b.action.startedMinutesAgo - a.action.startedMinutesAgo)) {
    const id = action.externalExecutionId;
    const project = id ? workshop.projects.get(id.slice(0, id.indexOf(':'))) : undefined;
    if (id && project) workshop.builds.push(recall(workshop, seed, { pipeline, action, id, project, commit: commitOf(workshop, pipeline, past.commit) }));
  }
}

function commitOf(workshop: Workshop, { declaration }: SeedPipeline, id: string): Commit {
  const source = declaration.stages[0]?.actions[0]?.configuration ?? {};
  const known = workshop.account.repositories.commit(source['RepositoryName'] ?? source['FullRepositoryId'] ?? '', id);
  return known ?? { id, parents: [], author: { name: '', email: '' }, message: '', at: 0, files: {} };
}

interface Past {
  readonly pipeline: SeedPipeline;
  readonly action: PastAction;
  readonly id: string;
  readonly project: SeedProject;
  readonly commit: Commit;
}

function recall({ account, builds }: Workshop, seed: Seed, { pipeline, action, id, project, commit }: Past): Build {
  const startedAt = seedTime(seed, action.startedMinutesAgo);
  const endedAt = seedTime(seed, action.endedMinutesAgo);
  return {
    id,
    arn: `arn:aws:codebuild:${account.region}:${account.id}:build/${id}`,
    number: builds.filter((build) => build.project === project).length + 1,
    project,
    initiator: `codepipeline/${pipeline.declaration.name}`,
    fromPipeline: true,
    commit,
    environment: [],
    timeoutInMinutes: project.timeoutInMinutes,
    startedAt,
    endedAt,
    status: action.status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED',
    phases: phasesOf(project, action, startedAt, endedAt),
    reportArns: [],
  };
}

/** The seed's phases stretched over the action's time, up to the failed one that its error names. */
function phasesOf(project: SeedProject, action: PastAction, from: number, to: number): Phase[] {
  const failed = /Phase: (\w+), Code: (\S*), Message: ([\s\S]*)$/.exec(action.error?.message ?? '');
  const end = failed ? project.phases.findIndex(({ phase }) => phase === failed[1]) + 1 : project.phases.length;
  const gone = project.phases.slice(0, end).filter(({ phase }) => phase !== 'COMPLETED');
  const total = gone.reduce((sum, { seconds }) => sum + seconds, 0) || 1;
  let at = from;
  const phases = gone.map(({ phase, seconds }): Phase => {
    const startedAt = at;
    at += ((to - from) * seconds) / total;
    const isFailed = phase === failed?.[1];
    return { type: phase, status: isFailed ? 'FAILED' : 'SUCCEEDED', startedAt, endedAt: at, ...(isFailed ? { context: { statusCode: failed?.[2] ?? '', message: failed?.[3] ?? '' } } : {}) };
  });
  return [...phases, { type: 'COMPLETED', startedAt: to }];
}
