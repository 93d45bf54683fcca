import { environmentOf } from '../../domain/app.ts';
import { gatedBeforeStart } from '../../domain/approvals/policy.ts';
import type { ObservedAction, ObservedExecution } from '../../domain/observation.ts';
import { ownDeploy, withNote, withStatus, type Release, type Route } from '../../domain/release.ts';
import { end, endingByVerdict, planEnd } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { planAnswer } from './plan-answer.ts';
import { ownGate, type OwnGate } from './plan-approval.ts';
import { planStop } from './plan-stop.ts';
import { waitingFor, waitsToStart } from './waiting.ts';

type PipelineRoute = Extract<Route, { kind: 'pipeline' }>;

/** How long AWS may go on not knowing an execution that it has just started, or has long forgotten. */
const UNKNOWN_PATIENCE_MS = 10 * 60_000;

/** Source actions that can be told to start with a commit. */
const TAKES_COMMITS: ReadonlySet<string> = new Set(['CodeCommit', 'CodeStarSourceConnection']);

/** The route through CodePipeline: start, follow, answer approvals, end with the truth of the own environment. */
export function planPipeline(found: Release, route: PipelineRoute, facts: PlanFacts): Plan {
  if (route.executionId === undefined) return planStart(found, route, facts);
  const { execution } = facts;
  const release = withUngated(found, route, facts);
  if (!execution) return planUnknown(release, facts);
  const differing = planDifferent(release, route, execution, facts);
  if (differing) return differing;
  const ending = endingByVerdict(release);
  if (ending) return planEnd(release, ending, facts.now);
  const stop = planStop(release, execution, facts);
  if (stop) return stop;
  const answer = planAnswer(release, facts);
  if (answer) return answer;
  return { release: execution.status === 'InProgress' || execution.status === 'Stopping' ? underWay(release, execution, facts) : overBy(release, execution, facts) };
}

function planStart(found: Release, route: PipelineRoute, facts: PlanFacts): Plan {
  if (found.cancel) return { release: end(found, 'cancelled', facts.now, 'Nothing had been started.') };
  const gate = gatesBeforeStart(found, route, facts);
  if (!gate.open) return gate.plan;
  const { release } = gate;
  const waiting = waitsToStart(release, facts.app.pipelines.find((one) => one.name === route.pipeline), facts);
  if (waiting) return { release: waitingFor(release, waiting, facts) };
  const by = release.requesters[0]?.user;
  const override = route.override ?? approvedRevision(release, facts);
  return {
    release: override === route.override ? release : { ...release, route: { ...route, ...(override && { override }) } },
    effect: {
      effect: { kind: 'start-execution', pipeline: route.pipeline, ...(override && { override }) },
      ...(by !== undefined && { by }),
    },
  };
}

/**
 * Environments on the way that ask for an approval and for which the pipeline has no action: Jack asks before anything
 * starts. What it has asked already has to be answered, whatever jack.yml says by now.
 */
function gatesBeforeStart(release: Release, route: PipelineRoute, facts: PlanFacts): OwnGate {
  const pipeline = facts.app.pipelines.find((one) => one.name === route.pipeline);
  const asking = pipeline ? gatedBeforeStart(facts.app, pipeline, release.environment, release.purpose) : [];
  const asked = release.approvals.filter(({ approvalAction }) => approvalAction === undefined).map(({ environment }) => environment);
  const names = new Set([...asked, ...asking.map(({ name }) => name)]);
  return [...names].reduce<OwnGate>((gate, environment) => (gate.open ? ownGate(gate.release, environment, facts) : gate), { open: true, release });
}

/** People said yes to what they saw: what came to the source since then does not start in its place. */
function approvedRevision({ revision, approvals, route }: Release, { app }: PlanFacts): PipelineRoute['override'] {
  if (approvals.length === 0 || route.kind !== 'pipeline' || revision.id === undefined || revision.sourceAction === undefined) return undefined;
  const source = app.pipelines.find((one) => one.name === route.pipeline)?.stages.flatMap((stage) => stage.actions).find((action) => action.kind === 'source' && action.name === revision.sourceAction);
  return source && TAKES_COMMITS.has(source.provider) ? { sourceAction: revision.sourceAction, commit: revision.id } : undefined;
}

/** What was on its way before it could be asked about is told once. */
function withUngated(release: Release, route: PipelineRoute, facts: PlanFacts): Release {
  const pipeline = facts.app.pipelines.find((one) => one.name === route.pipeline);
  const missed = pipeline ? gatedBeforeStart(facts.app, pipeline, release.environment, release.purpose) : [];
  return missed
    .filter(({ name }) => !release.approvals.some((request) => request.environment === name && !request.approvalAction))
    .reduce((current, { name }) => withNote(current, `not-asked:${name}`, facts.now, { kind: 'not-asked', environment: name }), release);
}

/** One look in vain tells nothing: AWS has to go on not knowing it. */
function planUnknown(release: Release, facts: PlanFacts): Plan {
  const { unseenSince = facts.now } = release;
  if (facts.now < unseenSince + UNKNOWN_PATIENCE_MS) return { release: { ...release, unseenSince } };
  const { route } = release;
  const isGone = route.kind === 'pipeline' && !facts.app.pipelines.some(({ name }) => name === route.pipeline);
  return { release: end(release, 'lost', facts.now, isGone ? 'It was given up: its pipeline is not found any more.' : 'CodePipeline does not know this execution any more.') };
}

/** Asked for, or approved, one commit and CodePipeline runs another: nothing of it may be approved. */
function planDifferent(release: Release, route: PipelineRoute, execution: ObservedExecution, facts: PlanFacts): Plan | undefined {
  const asked = route.override?.commit ?? approvedBeforeStart(release);
  const source = route.override?.sourceAction ?? release.revision.sourceAction;
  const found = execution.revisions.find((revision) => source === undefined || revision.sourceAction === source)?.id;
  if (asked === undefined || found === undefined || found === asked || release.cancel) return undefined;
  const noted = withNote(release, 'revision-differs', facts.now, { kind: 'revision-differs', asked, found });
  return { release: { ...noted, cancel: { by: 'jack', at: facts.now } } };
}

/** What Jack's own question named. Not every source can be told what to start with, so that is looked at afterwards. */
function approvedBeforeStart({ approvals, revision }: Release): string | undefined {
  const request = approvals.findLast((one) => !one.approvalAction && one.state === 'confirmed' && one.verdict === 'approved');
  return request?.revisionIds.find((id) => id !== revision.label);
}

function underWay(release: Release, execution: ObservedExecution, facts: PlanFacts): Release {
  const open = release.approvals.find((request) => request.state === 'open');
  // While it is being stopped AWS waits for the answer, and it goes on in no case.
  if (open && execution.status === 'InProgress') return waitingFor(release, { for: 'approval', approvalId: open.id }, facts);
  if (ownDeploy(release)?.status === 'verifying') return withStatus(release, 'verifying', facts.now);
  const { before } = execution;
  if (before?.disabled) {
    const { reason, by } = before.disabled;
    return waitingFor(release, { for: 'transition', stage: before.stage, reason, ...(by !== undefined && { by }), ...(facts.forgedBefore && { foreign: true as const }) }, facts);
  }
  if (before && !isMoving(execution)) return waitingFor(release, { for: 'stage', stage: before.stage }, facts);
  return withStatus(release, 'running', facts.now);
}

function isMoving(execution: ObservedExecution): boolean {
  return execution.stages.some((stage) => stage.actions.some((action) => action.status === 'InProgress'));
}

/** CodePipeline has ended it before the own environment was reached, or while its truth is still being looked for. */
function overBy(release: Release, execution: ObservedExecution, facts: PlanFacts): Release {
  const judging = release.deploys.some((deploy) => deploy.status === 'running' || deploy.status === 'verifying');
  if (judging) return withStatus(release, 'verifying', facts.now);
  switch (execution.status) {
    case 'Superseded':
      return end(release, 'superseded', facts.now, facts.supersededBy === undefined ? undefined : `It is #${facts.supersededBy}.`);
    case 'Cancelled':
      return end(release, 'cancelled', facts.now, 'The pipeline’s definition was changed while it ran.');
    case 'Stopped':
      return end({ ...release, ...(execution.stoppedBy !== undefined && { stoppedBy: execution.stoppedBy }) }, 'cancelled', facts.now, stoppedWords(release, execution));
    case 'Failed':
      return endFailed(release, execution, facts);
    default:
      return overUnseen(release, facts);
  }
}

/** What became of an environment that jack.yml does not name any more was not looked at. */
function overUnseen(release: Release, facts: PlanFacts): Release {
  if (ownDeploy(release) || environmentOf(facts.app, release.environment)) return end(release, 'failed', facts.now, 'The execution ended without deploying to this environment.');
  return end(release, 'lost', facts.now, 'The execution has ended, and jack.yml does not name this environment any more.');
}

/** Who stopped it and why, in one sentence; nothing to add where somebody here asked for it. */
export function stoppedWords(release: Release, execution: ObservedExecution): string | undefined {
  if (release.cancel?.askedAws) return release.cancel.by === 'jack' ? 'Jack stopped it: CodePipeline was running another revision than the one asked for. Ask again.' : undefined;
  const who = execution.stoppedBy === undefined ? 'outside Slack' : `by ${execution.stoppedBy.split('/').at(-1) ?? ''}, outside Slack`;
  return `Stopped ${who}${execution.stopReason === undefined ? '.' : `: “${execution.stopReason}”.`}`;
}

function endFailed(release: Release, execution: ObservedExecution, facts: PlanFacts): Release {
  const answered = release.approvals.findLast((request) => request.verdict === 'rejected');
  if (answered?.state === 'expired') return end(release, 'expired', facts.now, 'It was not approved in time.');
  if (answered) return end(release, 'rejected', facts.now, rejectedWords(answered));
  const failed = failedAction(execution);
  const elsewhere = release.deploys.find((deploy) => deploy.verdict && deploy.verdict.outcome !== 'live' && deploy.operationOutcome === 'failed');
  if (elsewhere?.verdict) return end(release, 'failed', facts.now, `${elsewhere.environment}: ${elsewhere.verdict.because}`);
  return end(release, 'failed', facts.now, failed ? `${failed.stage} / ${failed.action.name} failed.` : 'The execution failed.');
}

function rejectedWords(request: Release['approvals'][number]): string | undefined {
  return request.decisions.find((decision) => !decision.approves)?.comment ?? request.elsewhere?.summary;
}

/** The first action that failed, in the order of the pipeline. */
export function failedAction(execution: Pick<ObservedExecution, 'stages'>): { readonly stage: string; readonly action: ObservedAction } | undefined {
  for (const stage of execution.stages) {
    const action = stage.actions.find((one) => one.status === 'Failed');
    if (action) return { stage: stage.name, action };
  }
  return undefined;
}
