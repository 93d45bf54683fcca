import { environmentAt, type App, type Environment } from '../../domain/app.ts';
import type { ObservedAction, ObservedExecution, ObservedStage, Time } from '../../domain/observation.ts';
import type { Deploy } from '../../domain/deploy.ts';
import type { Release } from '../../domain/release.ts';
import type { Revision } from '../../domain/revision.ts';
import { takeInApprovals } from './take-in-approvals.ts';

/** What folding an execution into a release needs besides the two. */
export interface TakeInFacts {
  readonly app: App;
  readonly now: Time;
  readonly newId: () => string;
}

/**
 * Records what CodePipeline said of the execution. Pure, and settled: taking in the same observation again changes
 * nothing. Only facts are recorded here; what follows from them is planned afterwards.
 */
export function takeInExecution(release: Release, seen: ObservedExecution, facts: TakeInFacts): Release {
  const { unseenSince: _found, ...known } = release;
  const withFacts: Release = {
    ...withRevisions(known, seen),
    executionStatus: seen.status,
    ...(seen.trigger && { trigger: seen.trigger }),
    stages: seen.stages.map(withoutTokens),
    deploys: deploysOf(known, seen, facts.app),
  };
  return takeInApprovals(withFacts, seen, facts);
}

/** A token opens a gate: it stays in the approval request, where it is needed. */
function withoutTokens(stage: ObservedStage): ObservedStage {
  return { ...stage, actions: stage.actions.map(({ token: _token, ...action }) => action) };
}

/**
 * What the execution carries now. The same revision keeps who was found to have written it; of another one nothing that
 * was known of the one before is true.
 */
function withRevisions(release: Release, { revisions }: ObservedExecution): Release {
  const { revision: known, alongside = [] } = release;
  const found = revisions.find((one) => one.sourceAction !== undefined && one.sourceAction === known.sourceAction) ?? revisions[0];
  if (!found) return release;
  const others = revisions.filter((one) => one !== found).map((one) => withKnownAuthor(one, alongside.find((before) => before.sourceAction === one.sourceAction)));
  const isOther = known.id !== undefined && found.id !== undefined && known.id !== found.id;
  const { commits: _ofTheOther, ...rest } = release;
  const revision = isOther ? found : { ...known, ...withKnownAuthor(found, known) };
  return { ...(isOther ? rest : release), revision, ...((others.length > 0 || alongside.length > 0) && { alongside: others }) };
}

/** Slack was asked already who it is. */
function withKnownAuthor(found: Revision, known: Revision | undefined): Revision {
  const isSame = known !== undefined && (known.id === undefined || found.id === undefined || known.id === found.id);
  return isSame && known.author?.slackUser !== undefined ? { ...found, author: known.author } : found;
}

/** The deploy actions on the way, up to and including the release's own environment. */
function deploysOf(release: Release, seen: ObservedExecution, app: App): readonly Deploy[] {
  const deploys: Deploy[] = [];
  for (const stage of seen.stages) {
    for (const action of stage.actions) {
      if (action.kind !== 'deploy') continue;
      const deploy = knownAs(release, action.beanstalkEnvironment) ?? pendingAt(environmentAt(app, action.beanstalkEnvironment));
      if (!deploy) continue;
      deploys.push(deployOf(deploy, stage.name, action));
      if (deploy.environment === release.environment) return deploys;
    }
  }
  return deploys.length > 0 ? deploys : release.deploys;
}

/** By the name that it began with, whatever jack.yml calls it now. */
function knownAs({ deploys }: Release, beanstalkEnvironment: string | undefined): Deploy | undefined {
  return deploys.find((one) => one.beanstalkEnvironment === beanstalkEnvironment);
}

function pendingAt(environment: Environment | undefined): Deploy | undefined {
  return environment && { environment: environment.name, beanstalkEnvironment: environment.beanstalkEnvironment, status: 'pending' };
}

function deployOf(before: Deploy, stage: string, action: ObservedAction): Deploy {
  const base: Deploy = { ...before, stage, action: action.name, ...(action.label !== undefined && { label: action.label }) };
  if (before.status === 'done' || action.status === undefined) return base;
  const started: Deploy = { ...base, ...(base.startedAt === undefined && action.startedAt !== undefined && { startedAt: action.startedAt }) };
  if (action.status === 'InProgress') return { ...started, status: started.status === 'pending' ? 'running' : started.status };
  return {
    ...started,
    status: 'verifying',
    operationOutcome: action.status === 'Succeeded' ? 'succeeded' : 'failed',
    ...(started.operationEndedAt === undefined && action.updatedAt !== undefined && { operationEndedAt: action.updatedAt }),
  };
}
