import type { App, Environment, Loudness, Pipeline } from '../domain/app.ts';
import { nearest } from '../domain/nearest.ts';
import type { ConfiguredApp, ConfiguredEnvironment } from './config.ts';
import type { Problem } from './problems.ts';
import { promotionOrder } from './promotion-order.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** What AWS says of one app. */
export interface Discovered {
  /** Names of the application's Beanstalk environments, without terminated ones. */
  readonly beanstalkEnvironments: readonly string[];
  /** Pipelines of which an action deploys to the application. */
  readonly pipelines: readonly Pipeline[];
  /** The region's Beanstalk applications, to tell a wrong name. */
  readonly applications?: readonly string[];
}

/** How long health must hold after a deploy unless the file says otherwise. */
export const DEFAULT_VERIFY_MS = 60_000;

/** The app as the file and AWS together make it, or what keeps it from being one. */
export function joinApp(configured: ConfiguredApp, discovered: Discovered): { readonly app: App } | { readonly problems: readonly Problem[] } {
  const missing = [...missingApplication(configured, discovered), ...missingPipelines(configured, discovered)];
  if (missing.length > 0) return { problems: missing };

  const pipelines = discovered.pipelines.filter((pipeline) => configured.pipelines?.includes(pipeline.name) ?? true);
  const places = placesOf(configured, discovered.beanstalkEnvironments, pipelines);
  if ('problems' in places) return places;

  const { environments: _named, pipelines: _hints, ...rest } = configured;
  const unknown = unknownEnvironments(configured, places.map(({ name }) => name));
  if (unknown.length > 0) return { problems: unknown };
  const environments = places.map((place) => environmentOf(place, pipelines));
  return { app: { ...rest, environments, pipelines } };
}

/** An environment's name, what the file says of it, and where it is in Beanstalk. */
interface Place {
  readonly name: string;
  readonly beanstalkEnvironment: string;
  readonly configured: ConfiguredEnvironment | undefined;
}

function placesOf(app: ConfiguredApp, known: readonly string[], pipelines: readonly Pipeline[]): readonly Place[] | { readonly problems: readonly Problem[] } {
  const named = app.environments.map((environment) => ({ environment, at: beanstalkNameOf(app, environment, known) }));
  const lost = named.filter(({ at }) => at === undefined).map(({ environment }) => lostEnvironment(app, environment, known));
  if (lost.length > 0) return { problems: lost };

  const listed = named.flatMap(({ at }) => at ?? []);
  const deployedTo = new Set(pipelines.flatMap((pipeline) => deployTargets(pipeline)));
  const all = known.filter((one) => named.length === 0 || listed.includes(one) || deployedTo.has(one));
  const { order, isCertain } = promotionOrder(all, listed, pipelines);
  const places = order.map((at) => {
    const configured = named.find((one) => one.at === at)?.environment;
    return { name: configured?.name ?? shortName(app, at), beanstalkEnvironment: at, configured };
  });
  const twice = named.filter(({ at }, index) => at !== undefined && listed.indexOf(at) < index).map(({ environment, at }) => sharedEnvironment(app, environment, at ?? ''));
  const problems = [...twice, ...badNames(app, places), ...(isCertain || twice.length > 0 ? [] : [unclearOrder(app, places)])];
  return problems.length > 0 ? { problems } : places;
}

function environmentOf({ name, beanstalkEnvironment, configured }: Place, pipelines: readonly Pipeline[]): Environment {
  return {
    name,
    beanstalkEnvironment,
    ...(configured?.approval && { approval: configured.approval }),
    ...(configured?.rollbackApproval && { rollbackApproval: configured.rollbackApproval }),
    ...(configured?.after && { after: configured.after }),
    ...(configured?.alarms && { alarms: configured.alarms }),
    verifyMs: configured?.verifyMs ?? DEFAULT_VERIFY_MS,
    loudness: configured?.loudness ?? defaultLoudness(beanstalkEnvironment, configured, pipelines),
  };
}

/** Where people decide, or where a pipeline ends, people hear of it; on the way there only what fails is told. */
function defaultLoudness(at: string, configured: ConfiguredEnvironment | undefined, pipelines: readonly Pipeline[]): Loudness {
  const matters = pipelines.some((pipeline) => deployTargets(pipeline).at(-1) === at || isBehindApproval(pipeline, at));
  const isAlone = !pipelines.some((pipeline) => deployTargets(pipeline).includes(at));
  return matters || isAlone || configured?.approval ? 'approvals' : 'failures';
}

function isBehindApproval(pipeline: Pipeline, at: string): boolean {
  const actions = pipeline.stages.flatMap((stage) => [...stage.actions].sort((a, b) => a.runOrder - b.runOrder));
  const deploy = actions.findIndex((action) => action.beanstalkEnvironment === at);
  return actions.slice(0, Math.max(deploy, 0)).some((action) => action.kind === 'approval');
}

function deployTargets(pipeline: Pipeline): readonly string[] {
  return pipeline.stages.flatMap((stage) => [...stage.actions].sort((a, b) => a.runOrder - b.runOrder).flatMap((action) => action.beanstalkEnvironment ?? []));
}

function beanstalkNameOf(app: ConfiguredApp, environment: ConfiguredEnvironment, known: readonly string[]): string | undefined {
  if (environment.beanstalkEnvironment !== undefined) return known.find((one) => one === environment.beanstalkEnvironment);
  return known.find((one) => shortName(app, one) === environment.name) ?? known.find((one) => one.toLowerCase() === environment.name);
}

/** Beanstalk's name less the application's: `shop-prod` of `shop` is `prod`. */
function shortName(app: ConfiguredApp, beanstalkEnvironment: string): string {
  const name = beanstalkEnvironment.toLowerCase();
  const prefix = [app.application, app.name].map((one) => `${one.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-`).find((one) => name.startsWith(one) && name.length > one.length);
  return prefix === undefined ? name : name.slice(prefix.length);
}

function missingApplication(app: ConfiguredApp, { applications, beanstalkEnvironments }: Discovered): readonly Problem[] {
  if (beanstalkEnvironments.length > 0) return [];
  const path = `apps.${app.name}.application`;
  if (!applications || applications.includes(app.application)) {
    return [{ path, found: `no environment of the Beanstalk application ${app.application} in ${app.region}`, allowed: 'an application that has environments in that region' }];
  }
  const meant = nearest(app.application, applications);
  return [{ path, found: `no Beanstalk application ${app.application} in ${app.region}`, allowed: applications.join(', ') || 'an application of that region, which has none', ...(meant !== undefined && { nearest: meant }) }];
}

function missingPipelines(app: ConfiguredApp, { pipelines }: Discovered): readonly Problem[] {
  const known = pipelines.map((pipeline) => pipeline.name);
  return (app.pipelines ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return { path: `apps.${app.name}.pipelines`, found: `no pipeline ${name} that deploys to ${app.application}`, allowed: known.join(', ') || 'no such setting: none deploys to it', ...(meant !== undefined && { nearest: meant }) };
    });
}

/** Names in `after` and in freezes that are no environments of the app, or that could never be met. */
function unknownEnvironments(app: ConfiguredApp, known: readonly string[]): readonly Problem[] {
  const inFreezes = (app.freezes ?? []).flatMap(({ name, environments }) => (environments ?? []).map((asked) => ({ path: `apps.${app.name}.freezes (${name}).environments`, asked, known })));
  const inAfter = app.environments.flatMap(({ name, after }) => (after ?? []).map((asked) => ({ path: `apps.${app.name}.environments.${name}.after`, asked, known: known.filter((one) => one !== name) })));
  const lost = [...inFreezes, ...inAfter].filter(({ asked, known }) => !known.includes(asked));
  return [
    ...lost.map(({ path, asked, known }) => {
      const meant = nearest(asked, known);
      return { path, found: `no ${path.endsWith('.after') ? 'other ' : ''}environment ${asked}`, allowed: known.join(', ') || 'no such setting: there is no other environment', ...(meant !== undefined && { nearest: meant }) };
    }),
    ...(lost.length > 0 ? [] : inCircles(app)),
  ];
}

/** Each would wait for the other for ever. */
function inCircles(app: ConfiguredApp): readonly Problem[] {
  const afterOf = (name: string): readonly string[] => app.environments.find((one) => one.name === name)?.after ?? [];
  const reach = (from: readonly string[], seen: readonly string[]): readonly string[] => from.reduce((all, one) => (all.includes(one) ? all : reach(afterOf(one), [...all, one])), seen);
  return app.environments.filter(({ name }) => reach(afterOf(name), []).includes(name)).map(({ name }) => ({ path: `apps.${app.name}.environments.${name}.after`, found: 'a circle: it would come after itself', allowed: 'environments that do not wait for it' }));
}

function lostEnvironment(app: ConfiguredApp, environment: ConfiguredEnvironment, known: readonly string[]): Problem {
  const asked = environment.beanstalkEnvironment ?? environment.name;
  const meant = nearest(asked, known) ?? nearest(`${app.application}-${asked}`, known);
  return {
    path: `apps.${app.name}.environments.${environment.name}`,
    found: `no Beanstalk environment of that name in ${app.application}`,
    allowed: `${known.join(', ')} (with the setting beanstalk where the name differs)`,
    ...(meant !== undefined && { nearest: meant }),
  };
}

function sharedEnvironment(app: ConfiguredApp, environment: ConfiguredEnvironment, at: string): Problem {
  return { path: `apps.${app.name}.environments.${environment.name}`, found: `the Beanstalk environment ${at} under a second name`, allowed: 'one name for each Beanstalk environment' };
}

function badNames(app: ConfiguredApp, places: readonly Place[]): readonly Problem[] {
  return places.flatMap(({ name, beanstalkEnvironment }, index) => {
    const isTwice = places.findIndex((place) => place.name === name) < index;
    if (!isTwice && !RESERVED_WORDS.has(name) && /^[a-z][a-z0-9-]{0,39}$/.test(name)) return [];
    return [{
      path: `apps.${app.name}.environments`,
      found: `the Beanstalk environment ${beanstalkEnvironment}, of which the short name ${name} ${isTwice ? 'is taken' : 'cannot be used'}`,
      allowed: 'a name of its own for it',
      write: ['environments:', `  <name>: { beanstalk: ${beanstalkEnvironment} }`],
    }];
  });
}

function unclearOrder(app: ConfiguredApp, places: readonly Place[]): Problem {
  return {
    path: `apps.${app.name}.environments`,
    found: 'environments of which neither the file nor a pipeline tells the order',
    allowed: 'all of them in promotion order, for example (put them right):',
    write: ['environments:', ...places.map(({ name, beanstalkEnvironment }) => `  ${name}: { beanstalk: ${beanstalkEnvironment} }`)],
  };
}
