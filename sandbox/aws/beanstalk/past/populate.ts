import { seedTime } from '../../seed.ts';
import type { PastDeployment, Seed, SeedApplication, SeedEnvironment } from '../../seed.ts';
import type { Estate } from '../state/estate.ts';
import { makeInstance } from '../state/instances.ts';
import type { Environment, Version } from '../state/model.ts';
import { optionsOf } from '../state/options.ts';
import { creationEvents, deploymentEvents } from './past-events.ts';

/** A deployment that a pipeline made before the start. */
export interface Past extends PastDeployment {
  readonly from: number;
  readonly to: number;
  readonly requestId: string;
  readonly ok: boolean;
}

/** Deployments of the past, oldest first. */
export function pastDeployments(seed: Seed): readonly Past[] {
  const actions = seed.pipelines.flatMap((pipeline) => pipeline.past.flatMap((execution) => execution.actions));
  return actions
    .flatMap((action) => {
      if (!action.deployed) return [];
      const [from, to] = [seedTime(seed, action.startedMinutesAgo), seedTime(seed, action.endedMinutesAgo)];
      return [{ ...action.deployed, from, to, requestId: action.externalExecutionId ?? action.actionExecutionId, ok: action.status === 'Succeeded' }];
    })
    .toSorted((a, b) => a.from - b.from);
}

/** Puts the seed's applications, versions, environments and their past events into the estate. */
export function populate(estate: Estate, seed: Seed): void {
  const past = pastDeployments(seed);
  for (const application of seed.applications) {
    estate.applications.set(application.name, {
      name: application.name,
      description: application.description,
      createdAt: seedTime(seed, application.createdMinutesAgo),
      updatedAt: seedTime(seed, application.createdMinutesAgo),
      deleteSourceFromS3: application.deleteSourceFromS3 ?? false,
      ...(application.maxCount !== undefined && { maxCount: application.maxCount }),
      versions: versionsOf(seed, application, past),
    });
    for (const environment of application.environments) addEnvironment(estate, seed, application, environment, past);
  }
  estate.events.sort((a, b) => a.at - b.at);
}

function versionsOf(seed: Seed, application: SeedApplication, past: readonly Past[]): Version[] {
  const byHand = application.versions.map((each) => {
    const at = seedTime(seed, each.minutesAgo);
    return { application: application.name, label: each.label, bundle: each.bundle, createdAt: at, updatedAt: at, status: 'Unprocessed' as const, ...(each.description !== undefined && { description: each.description }) };
  });
  const deployed = past.filter((each) => each.application === application.name);
  const byPipeline = deployed.map((each) => ({ application: application.name, label: each.label, bundle: each.bundle, createdAt: each.from, updatedAt: each.from, status: 'Unprocessed' as const }));
  return [...byHand, ...byPipeline].toSorted((a, b) => a.createdAt - b.createdAt);
}

function addEnvironment(estate: Estate, seed: Seed, application: SeedApplication, from: SeedEnvironment, past: readonly Past[]): void {
  const createdAt = seedTime(seed, from.createdMinutesAgo);
  const mine = past.filter((each) => each.application === application.name && each.environment === from.name);
  const good = mine.filter((each) => each.ok);
  const last = good.at(-1);
  const label = from.runs ?? last?.label ?? 'Sample Application';
  const deploymentId = 1 + mine.length;
  const runsId = last ? 2 + mine.indexOf(last) : 1;
  const instances = from.instances.map((id) => {
    const instance = makeInstance(id, label, runsId, from.policy === 'Immutable' && last ? last.from : createdAt);
    instance.deployment.at = last?.to ?? createdAt;
    return instance;
  });
  const environment: Environment = {
    id: from.id,
    name: from.name,
    application: application.name,
    tier: from.tier,
    createdAt,
    loadBalanced: from.loadBalanced,
    enhanced: from.health === 'enhanced',
    instanceType: from.instanceType,
    durations: from.durations,
    tags: from.tags,
    solutionStackName: from.solutionStackName,
    platformArn: from.platformArn,
    updatedAt: mine.at(-1)?.to ?? createdAt,
    status: 'Ready',
    versionLabel: label,
    deploymentId,
    expected: { label, id: runsId },
    health: { status: 'Ok', causes: [] },
    options: optionsOf(from),
    instances,
    info: [],
    raised: new Set(),
    ...(from.tier === 'WebServer' && { cname: `${from.name}.${seed.region}.elasticbeanstalk.com` }),
    ...(from.description !== undefined && { description: from.description }),
  };
  estate.environments.push(environment);
  for (const event of creationEvents(environment, estate.account.region, estate.account.id)) estate.record(event);
  for (const each of mine) for (const event of deploymentEvents(environment, each)) estate.record(event);
}
