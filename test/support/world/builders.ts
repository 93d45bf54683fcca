import type { App, Environment, Pipeline } from '../../../src/domain/app.ts';
import type { ApprovalRequest } from '../../../src/domain/approvals/approval.ts';
import type { ObservedAction, ObservedEnvironment, ObservedExecution, ObservedInstance, ObservedOperation } from '../../../src/domain/observation.ts';
import type { Deploy } from '../../../src/domain/deploy.ts';
import type { Release } from '../../../src/domain/release.ts';
import type { RunningVersion } from '../../../src/domain/running-version.ts';

/** Monday, nine o'clock. */
export const T0 = Date.UTC(2026, 0, 5, 9, 0, 0);
export const MINUTE = 60_000;

export const ADA = 'U0ADA00001';
export const GRACE = 'U0GRACE001';
export const LINUS = 'U0LINUS001';
export const OLIVE = 'U0OLIVE001';
export const VIC = 'U0VIC00001';
export const GUS = 'U0GUS00001';
export const LEADS = 'S0LEADS001';
export const SHOP = 'C0SHOP0001';

/** A commit id made of one digit, so that tests can be read. */
export function commit(digit: string): string {
  return digit.repeat(40);
}

export function anEnvironment(name: string, changes: Partial<Environment> = {}): Environment {
  return { name, beanstalkEnvironment: `shop-${name}`, verifyMs: 10_000, loudness: 'all', ...changes };
}

function deployTo(environment: string, runOrder: number) {
  return { name: 'Deploy', runOrder, kind: 'deploy', provider: 'ElasticBeanstalk', beanstalkEnvironment: environment } as const;
}

/** Source → Build → Dev → Prod, with a manual approval in front of the deploy to prod. */
export function aPipeline(changes: Partial<Pipeline> = {}): Pipeline {
  const source = { name: 'Source', runOrder: 1, kind: 'source', provider: 'CodeCommit', source: { repository: 'shop', branch: 'main' } } as const;
  const build = { name: 'Build', runOrder: 1, kind: 'build', provider: 'CodeBuild', project: 'shop-build' } as const;
  const approve = { name: 'Approve', runOrder: 1, kind: 'approval', provider: 'Manual' } as const;
  return {
    name: 'shop-pipeline',
    mode: 'SUPERSEDED',
    version: 1,
    stages: [
      { name: 'Source', actions: [source] },
      { name: 'Build', actions: [build] },
      { name: 'Dev', actions: [deployTo('shop-dev', 1)] },
      { name: 'Prod', actions: [approve, deployTo('shop-prod', 2)] },
    ],
    ...changes,
  };
}

/** The same, with a manual approval in this stage too. */
export function askingBefore(stage: string): Pipeline {
  const approve = { name: 'Approve', runOrder: 1, kind: 'approval', provider: 'Manual' } as const;
  const stages = aPipeline().stages.map((one) => (one.name === stage ? { ...one, actions: [approve, ...one.actions.map((action) => ({ ...action, runOrder: 2 }))] } : one));
  return aPipeline({ stages });
}

export function anApp(changes: Partial<App> = {}): App {
  return {
    name: 'shop',
    channel: SHOP,
    region: 'eu-central-1',
    application: 'shop',
    environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval: { from: [GRACE, LEADS], count: 1 } })],
    pipelines: [aPipeline()],
    people: { owners: [OLIVE], contributors: [ADA, GRACE, LINUS] },
    ...changes,
  };
}

/** Its environments ask nobody; for tests that are not about approvals. */
export function anOpenApp(): App {
  return anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod')] });
}

export function aRelease(changes: Partial<Release> = {}): Release {
  return {
    id: '00000000-0000-4000-8000-000000000412',
    number: 412,
    version: 1,
    attempt: 1,
    app: 'shop',
    environment: 'prod',
    channel: SHOP,
    loudness: 'all',
    purpose: 'deploy',
    route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1' },
    revision: { id: commit('a'), summary: 'Fix the basket' },
    requesters: [{ user: ADA, at: T0 }],
    requestedAt: T0,
    status: 'requested',
    statusAt: T0,
    stages: [],
    deploys: [],
    approvals: [],
    holds: [],
    notes: [],
    ...changes,
  };
}

export function aVersionRelease(changes: Partial<Release> = {}): Release {
  return aRelease({ route: { kind: 'version', label: 'v2' }, revision: { id: commit('b'), label: 'v2' }, ...changes });
}

export function aDeploy(changes: Partial<Deploy> = {}): Deploy {
  return { environment: 'prod', beanstalkEnvironment: 'shop-prod', status: 'running', label: 'v2', previousLabel: 'v1', startedAt: T0, requestId: 'request-1', ...changes };
}

export function anApproval(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    id: 'approval-1',
    environment: 'prod',
    approvalAction: { pipeline: 'shop-pipeline', executionId: 'execution-1', stage: 'Prod', action: 'Approve', token: 'token-1' },
    revisionIds: [commit('a')],
    policy: { from: [GRACE, LEADS], count: 1 },
    askedAt: T0,
    decisions: [],
    state: 'open',
    ...changes,
  };
}

export function anInstance(id: string, label: string, changes: Partial<ObservedInstance> = {}): ObservedInstance {
  return { id, label, deployment: 'Deployed', health: 'Ok', causes: [], ...changes };
}

export function anObservedEnvironment(changes: Partial<ObservedEnvironment> = {}): ObservedEnvironment {
  return {
    beanstalkEnvironment: 'shop-prod',
    id: 'e-prod',
    status: 'Ready',
    label: 'v1',
    abortable: false,
    health: { verdict: 'ok', word: 'Ok', causes: [] },
    instances: [anInstance('i-1', 'v1'), anInstance('i-2', 'v1')],
    ...changes,
  };
}

export function anOperation(changes: Partial<ObservedOperation> = {}): ObservedOperation {
  return { requestId: 'request-1', kind: 'application', label: 'v2', startedAt: T0, outcome: 'running', revertedByBeanstalk: false, aborted: false, events: [], ...changes };
}

/** What `aPipeline` looks like when the actions named here ('Build/Build') are as told, and the others not reached. */
export function anExecution(told: Readonly<Record<string, Partial<ObservedAction>>> = {}, changes: Partial<ObservedExecution> = {}): ObservedExecution {
  const stages = aPipeline().stages.map((stage) => {
    const actions = stage.actions.map((action): ObservedAction => ({
      name: action.name,
      kind: action.kind,
      provider: action.provider,
      ...(action.beanstalkEnvironment !== undefined && { beanstalkEnvironment: action.beanstalkEnvironment }),
      ...told[`${stage.name}/${action.name}`],
    }));
    return { name: stage.name, actions };
  });
  return { id: 'execution-1', pipeline: 'shop-pipeline', status: 'InProgress', revisions: [{ id: commit('a'), sourceAction: 'Source' }], stages, behind: [], ...changes };
}

export function aRunningVersion(label: string, since: number, changes: Partial<RunningVersion> = {}): RunningVersion {
  return { app: 'shop', environment: 'prod', label, revision: { label }, since, standing: 'verified', ...changes };
}
