import { deploysTo, environmentAt, environmentOf, type App, type Environment } from '../../domain/app.ts';
import { barrierIn, isInForce, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { barrierFacts } from '../../domain/door/door-facts.ts';
import { questionToPass } from '../../domain/door/glass.ts';
import { keysOf, passesAll, passKey } from '../../domain/barriers/pass-key.ts';
import type { Closed, GateName } from '../../domain/gates/gate.ts';
import { alarmsGate } from '../../domain/gates/alarms.ts';
import { promotionGate } from '../../domain/gates/promotion.ts';
import { no, yes, type Answer, type Refusal } from '../../domain/refusal.ts';
import type { Pass, Release, Waiting } from '../../domain/release.ts';
import type { World } from '../../ports.ts';
import { lookInFront } from '../barriers/waiting-before.ts';
import { readBarriers, readConditions } from './gate-facts.ts';

/** A gate with the barriers, or the question, that a pass has to name, and whose they are. */
export type ToPass = Pick<Pass, 'gate' | 'barriers' | 'approvalId' | 'environment'>;

/** The environment whose lock or freeze holds the transition that the release waits at; undefined: of none that is in force. */
export async function holderOfTransition({ reason }: Extract<Waiting, { for: 'transition' }>, app: App, world: World): Promise<{ readonly environment: Environment; readonly barriers: Barriers } | undefined> {
  const id = barrierIn(reason);
  const now = world.clock.now();
  for (const environment of app.environments) {
    const barriers = await world.store.barriers(app.name, environment.name);
    if (barriers.all.some((one) => one.id === id && isInForce(one, now))) return { environment, barriers };
  }
  return undefined;
}

/** What has to be passed for the gate that the owner was shown; refused where it is open by now, or where a pass would open nothing. */
export async function gatesToPass(release: Release, gate: GateName, app: App, world: World): Promise<Answer<readonly ToPass[]>> {
  const { waiting } = release;
  if (waiting?.for === 'transition') return atTransition(release, waiting, gate, app, world);
  if (waiting?.for === 'approval') return atApproval(release, waiting.approvalId);
  if (waiting?.for !== 'gate') return yes([{ gate }]);
  if (!(await isStillClosed({ ...release, environment: waiting.environment ?? release.environment }, gate, waiting.because, app, world))) return no(nothingToPass({ ...release, environment: waiting.environment ?? release.environment }, gate));
  const barriers = keysOf(waiting.because);
  return yes([{ gate, ...(barriers.length > 0 && { barriers }), ...(waiting.environment !== undefined && { environment: waiting.environment }) }]);
}

/** The one question that it waits at: another in front of the same or the next environment asks by itself. */
function atApproval(release: Release, approvalId: string): Answer<readonly ToPass[]> {
  const request = questionToPass(release.approvals, approvalId);
  if (!request) return no(nothingToPass(release, 'approval'));
  return yes([{ gate: 'approval', approvalId, ...(request.environment !== release.environment && { environment: request.environment }) }]);
}

/** A transition is held by every lock and freeze of its environment that is in force, whichever of them AWS shows. */
async function atTransition(release: Release, waiting: Extract<Waiting, { for: 'transition' }>, gate: GateName, app: App, world: World): Promise<Answer<readonly ToPass[]>> {
  const holder = await holderOfTransition(waiting, app, world);
  if (!holder) return no(nothingToPass(release, gate));
  const { environment, barriers } = holder;
  const now = world.clock.now();
  const inForce = barriers.all.filter((one) => isInForce(one, now));
  const toPass = [...new Set([gate, ...inForce.map(({ kind }) => kind)])].map((kind): ToPass => {
    const keys = inForce.filter((one) => one.kind === kind).map((one) => passKey(one, environment.name));
    return { gate: kind, barriers: keys, ...(environment.name !== release.environment && { environment: environment.name }) };
  });
  const idle = passesThem(release.passes, toPass) ? undefined : await withoutEffect(release, waiting, environment, app, world);
  return idle ? no(idle) : yes(toPass);
}

/** Whether each of these was let pass before. */
export function passesThem(passes: readonly Pass[] | undefined, toPass: readonly ToPass[]): boolean {
  return toPass.every(({ gate, barriers = [], environment }) => (barriers.length > 0 ? passesAll(barriers, gate, passes) : passes?.some((pass) => pass.gate === gate && pass.environment === environment) === true));
}

/** Jack opens a transition for exactly what was let pass, and for one environment never what another one keeps closed. */
async function withoutEffect(release: Release, { stage }: Extract<Waiting, { for: 'transition' }>, environment: Environment, app: App, world: World): Promise<Refusal | undefined> {
  const { route, number } = release;
  const pipeline = route.kind === 'pipeline' ? app.pipelines.find(({ name }) => name === route.pipeline) : undefined;
  if (!pipeline || route.kind !== 'pipeline') return { kind: 'stale-button' };
  const names = (pipeline.stages.find(({ name }) => name === stage)?.actions ?? []).map(({ beanstalkEnvironment }) => environmentAt(app, beanstalkEnvironment)?.name);
  for (const neighbour of app.environments.filter(({ name }) => name !== environment.name && names.includes(name))) {
    const barrier = await anyInForce(app, neighbour, world);
    if (barrier) return { kind: 'held-for-another', number, stage, app: app.name, environment: neighbour.name, barrier };
  }
  const reaches = deploysTo(pipeline, environment.beanstalkEnvironment).some((one) => one.stage.name === stage);
  const front = reaches ? await lookInFront({ ...app, pipelines: [pipeline] }, environment, world) : undefined;
  const others = front?.waiting.filter((one) => one.stage === stage && one.executionId !== route.executionId) ?? [];
  if (others.length === 0) return undefined;
  return { kind: 'others-wait', number, stage, others: others.map((one) => ({ revision: one.revision, ...(one.release && { number: one.release.number }) })) };
}

async function anyInForce(app: App, environment: Environment, world: World): Promise<Barrier | undefined> {
  const now = world.clock.now();
  return (await world.store.barriers(app.name, environment.name)).all.find((one) => isInForce(one, now));
}

/** Looked at again: what was shown may be over, though the release has not been looked at since. */
async function isStillClosed({ environment: name, route, revision, purpose }: Release, gate: GateName, because: Closed, app: App, world: World): Promise<boolean> {
  const environment = environmentOf(app, name);
  if (!environment) return false;
  if (gate === 'lock' || gate === 'freeze') {
    const { lock, freeze } = barrierFacts(await world.store.barriers(app.name, name), app.freezes ?? [], world.clock.now());
    const inForce = [...(lock === undefined || lock === 'unknown' ? [] : [lock.id]), ...(freeze === undefined || freeze === 'unknown' ? [] : (freeze.keys ?? []))];
    return keysOf(because).some((key) => inForce.includes(key));
  }
  const facts = { environment, route: route.kind, purpose, ahead: [], approvalAction: false };
  if (gate === 'foreign-lock') return ((await readBarriers({ app, environment, route }, world)).foreign ?? []).length > 0;
  const conditions = await readConditions({ app, environment, route }, revision, world);
  return [promotionGate, alarmsGate].some((one) => one.name === gate && !one.examine({ ...facts, ...conditions }).open);
}

export function nothingToPass({ app, environment, purpose, number }: Pick<Release, 'app' | 'environment' | 'purpose'> & { readonly number?: number }, gate: GateName): Refusal {
  return { kind: 'nothing-to-pass', app, environment, gate, purpose, ...(number !== undefined && { number }) };
}
