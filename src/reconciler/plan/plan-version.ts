import { environmentOf, deploysTo } from '../../domain/app.ts';
import type { Deploy } from '../../domain/deploy.ts';
import { holdReason, onBehalfOf, type HoldState } from '../../domain/effect.ts';
import { readsLikeJacks } from '../../domain/gates/foreign-lock.ts';
import { ownDeploy, withStatus, type AbortedFirst, type Release, type Route } from '../../domain/release.ts';
import { abortOf, endingByVerdict, planEnd, planFree, steppingBack } from './end.ts';
import { ownGate } from './plan-approval.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor, waitsAtBarrier, waitsForConditions, waitsForEnvironment, waitsInQueue } from './waiting.ts';

type VersionRoute = Extract<Route, { kind: 'version' }>;

/** The route of Beanstalk's UpdateEnvironment: approval, queue, hold the transition, update, follow, free, end. */
export function planVersion(release: Release, route: VersionRoute, facts: PlanFacts): Plan {
  const deploy = ownDeploy(release);
  if (deploy && deploy.status !== 'pending') return planFollow(release, deploy, facts);
  if (release.cancel) return planEnd(release, { status: 'cancelled', outcome: cancelledWords(release) }, facts.now);
  if (!environmentOf(facts.app, release.environment)) return planEntry(release, route, facts);
  const gate = ownGate(release, release.environment, facts);
  return gate.open ? planEntry(gate.release, route, facts) : gate.plan;
}

/** A rollback may have changed something before it began. */
function cancelledWords({ abortedFirst }: Release): string {
  if (abortedFirst?.state !== 'done') return 'Nothing had been started.';
  const what = abortedFirst.label === undefined ? '' : ` of version ${abortedFirst.label}`;
  const whose = abortedFirst.release === undefined ? what : ` of #${abortedFirst.release}`;
  return `It had aborted the deployment${whose} that was in flight, and put nothing in its place.`;
}

function planFollow(release: Release, deploy: Deploy, facts: PlanFacts): Plan {
  const { cancel } = release;
  if (cancel && cancel.abortAsked === undefined && deploy.status === 'running' && facts.seen?.abortable) {
    return { release, effect: { effect: abortOf(deploy, facts), by: cancel.by } };
  }
  const ending = endingByVerdict(release);
  if (ending) return planEnd(release, ending, facts.now);
  return { release: withStatus(release, deploy.status === 'verifying' ? 'verifying' : 'running', facts.now) };
}

function planEntry(release: Release, route: VersionRoute, facts: PlanFacts): Plan {
  const environment = environmentOf(facts.app, release.environment);
  if (!environment) return planEnd(release, { status: 'failed', outcome: 'The environment is not in the configuration any more.' }, facts.now);
  const outside = waitsAtBarrier(release, facts) ?? waitsInQueue(release, facts) ?? waitsForConditions(release, facts);
  if (outside) return planOutside(waitingFor(release, outside, facts));
  const abort = planAbortFirst(release, environment.beanstalkEnvironment, facts);
  if (abort) return abort;
  const hold = planHold(release, environment.beanstalkEnvironment, facts);
  if (hold) return hold;
  const waiting = waitsForEnvironment(release, facts);
  if (waiting) return { release: waitingFor(release, waiting, facts) };
  const by = release.requesters[0]?.user;
  return { release, effect: { effect: { kind: 'update-environment', beanstalkEnvironment: environment.beanstalkEnvironment, label: route.label }, ...(by !== undefined && { by }) } };
}

/** What it waits for may have to pass the very transition that it holds. */
function planOutside(release: Release): Plan {
  const free = planFree(release);
  return { release: steppingBack(release), ...(free && { effect: free }) };
}

/** A rollback does not wait for the deployment that it is there to undo. What is no application deployment is awaited. */
function planAbortFirst(release: Release, beanstalkEnvironment: string, facts: PlanFacts): Plan | undefined {
  if (release.purpose !== 'rollback' || !facts.seen?.abortable || facts.operation?.outcome !== 'running' || facts.operation.kind !== 'application') return undefined;
  const { label, requestId } = facts.operation;
  if (release.abortedFirst && (release.abortedFirst.state !== 'asked' || release.abortedFirst.requestId !== requestId)) return undefined;
  const by = release.requesters[0]?.user;
  const whose = facts.ahead.find((other) => other.deploys.some((deploy) => deploy.environment === release.environment && deploy.status === 'running'))?.number;
  const abortedFirst: AbortedFirst = { state: 'asked', requestId, ...(label !== undefined && { label }), ...(whose !== undefined && { release: whose }) };
  return { release: { ...release, abortedFirst }, effect: { effect: { kind: 'abort-update', beanstalkEnvironment, requestId }, ...(by !== undefined && { by }) } };
}

/** Nothing better is to be had; what was freed for the queue is held again. */
const HELD_ENOUGH: ReadonlySet<HoldState> = new Set<HoldState>(['held', 'foreign', 'refused']);

/** While Jack works on the environment itself, a pipeline's deploy would fail with "Must be Ready". */
function planHold(release: Release, beanstalkEnvironment: string, facts: PlanFacts): Plan | undefined {
  for (const pipeline of facts.app.pipelines) {
    for (const { stage } of deploysTo(pipeline, beanstalkEnvironment)) {
      if (release.holds.some((hold) => hold.pipeline === pipeline.name && hold.stage === stage.name && HELD_ENOUGH.has(hold.state))) continue;
      if (stage === pipeline.stages[0]) continue;
      const reason = holdReason(release, beanstalkEnvironment);
      const forged = forgedAt(facts);
      const by = onBehalfOf(release);
      return { release, effect: { effect: { kind: 'hold-transition', pipeline: pipeline.name, stage: stage.name, reason, ...(forged.length > 0 && { foreign: forged }) }, ...(by !== undefined && { by }) } };
    }
  }
  return undefined;
}

/** Reasons on the way that read like Jack's and are somebody else's: what an owner let pass stays closed for all others. */
function forgedAt({ door: { foreign = [] } }: PlanFacts): readonly string[] {
  return foreign === 'unknown' ? [] : foreign.filter(readsLikeJacks).map(({ reason }) => reason);
}
