import { createHash } from 'node:crypto';
import type { ActionDeclaration, PastAction, PastDeployment, PastExecution, PipelineDeclaration } from './pipeline-seed.ts';

/** How one past execution of a pipeline went; `pastRun` walks the declaration with it. */
export interface Run {
  /** Names the execution among its siblings: its ids come from it. */
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  readonly trigger: PastExecution['trigger'];
  readonly startedMinutesAgo: number;
  /** AWS minutes per action name. */
  readonly minutes: Readonly<Record<string, number>>;
  readonly approvals: Readonly<Record<string, { readonly by: string; readonly summary: string; readonly rejected?: boolean }>>;
  /** The action that fails, and how. Nothing after it runs. */
  readonly failsAt?: { readonly action: string; readonly code: string; readonly message: string };
}

/** A UUID that is the same for the same words, so that a seed is the same at every start. */
export function uuidOf(...words: readonly string[]): string {
  const h = createHash('sha1').update(words.join('\n')).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** A commit id (40 hex) that is the same for the same words. */
export function commitIdOf(...words: readonly string[]): string {
  return createHash('sha1').update(`commit\n${words.join('\n')}`).digest('hex');
}

/** CodePipeline's key of an artifact: pipeline and artifact name cut short, then seven characters. */
export function artifactKey(pipeline: string, artifact: string, word: string): string {
  const tail = createHash('sha1').update(`${pipeline}${artifact}${word}`).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 7);
  return `${pipeline.slice(0, 20)}/${artifact.slice(0, 10)}/${tail}`;
}

/** Plays one execution over the declaration: every action in order, until it ends or fails. */
export function pastRun(declaration: PipelineDeclaration, run: Run): PastExecution {
  const actions: PastAction[] = [];
  let at = run.startedMinutesAgo;
  for (const stage of declaration.stages) {
    for (const action of stage.actions.toSorted((a, b) => a.runOrder - b.runOrder)) {
      if (actions.at(-1)?.status === 'Failed') break;
      const until = at - (run.minutes[action.name] ?? 0.1);
      actions.push(pastAction(declaration, run, stage.name, action, at, until));
      at = until;
    }
  }
  return {
    id: uuidOf(declaration.name, run.name),
    status: actions.at(-1)?.status === 'Failed' ? 'Failed' : 'Succeeded',
    commit: run.commit,
    trigger: run.trigger,
    startedMinutesAgo: run.startedMinutesAgo,
    endedMinutesAgo: at,
    actions,
  };
}

function pastAction(pipeline: PipelineDeclaration, run: Run, stage: string, action: ActionDeclaration, from: number, to: number): PastAction {
  const approval = run.approvals[action.name];
  const fault = run.failsAt?.action === action.name ? run.failsAt : undefined;
  const failed = fault !== undefined || approval?.rejected === true;
  const output = failed ? undefined : action.outputArtifacts?.[0];
  return {
    stage,
    action: action.name,
    actionExecutionId: uuidOf(pipeline.name, run.name, action.name),
    status: failed ? 'Failed' : 'Succeeded',
    startedMinutesAgo: from,
    endedMinutesAgo: to,
    ...(fault && { error: { code: fault.code, message: fault.message } }),
    ...(approval && { by: approval.by, summary: approval.summary }),
    ...(output && { output: { name: output.name, key: artifactKey(pipeline.name, output.name, run.name) } }),
    ...external(pipeline, run, action),
  };
}

function external(pipeline: PipelineDeclaration, run: Run, action: ActionDeclaration): Partial<PastAction> {
  switch (action.actionTypeId.category) {
    case 'Source':
      return { externalExecutionId: run.commit, summary: run.message };
    case 'Build':
      return { externalExecutionId: `${action.configuration?.ProjectName}:${uuidOf(pipeline.name, run.name, 'build')}` };
    case 'Deploy':
      return { externalExecutionId: uuidOf(pipeline.name, run.name, action.name, 'request'), deployed: deployment(pipeline, run, action) };
    default:
      return {};
  }
}

function deployment(pipeline: PipelineDeclaration, run: Run, action: ActionDeclaration): PastDeployment {
  const artifact = action.inputArtifacts?.[0]?.name ?? 'BuildOutput';
  return {
    application: action.configuration?.ApplicationName ?? pipeline.name,
    environment: action.configuration?.EnvironmentName ?? '',
    label: `code-pipeline-{at}-${artifact}-${uuidOf(pipeline.name, run.name, action.name, 'version')}`,
    bundle: { bucket: pipeline.artifactStore.location, key: artifactKey(pipeline.name, artifact, run.name) },
  };
}
