import { environmentOf, type App } from '../domain/app.ts';
import { isInForce } from '../domain/barriers/barriers.ts';
import type { GateName } from '../domain/gates/gate.ts';
import { gateInTheWay, glassFact, hasBroken, SHORTEST_GLASS_REASON, withPass } from '../domain/door/glass.ts';
import { no, yes, type Answer, type Refusal } from '../domain/refusal.ts';
import { isOver, type Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';
import { askedBy } from './questions.ts';
import { requestRelease } from './request-release.ts';
import { roleOf } from './role.ts';

/** An owner's wish to let a release pass the gate that they were shown. */
export interface GlassWish {
  readonly release: string;
  readonly gate: GateName;
  readonly user: string;
  readonly reason: string;
  /** Recognises a repeat of the same wish. */
  readonly wishId: string;
}

/**
 * Lets a release that waits pass its gate: recorded with its reason, told to the channel and audited in one transaction.
 * What waits in front of a transition that a lock or a freeze holds is let in by the reconciler of the barriers, and
 * nothing else with it.
 */
export async function breakGlass(wish: GlassWish, world: World): Promise<Answer<Release>> {
  const { gate, user, reason, wishId } = wish;
  const found = await world.store.release(wish.release);
  const app = world.apps.all().find((one) => one.name === found?.app);
  if (!found || !app) return no({ kind: 'stale-button' });
  const refusal = await refuseGlass(user, reason, app, world);
  if (refusal) return no(refusal);
  const at = world.clock.now();
  const passes = (await gatesToPass(found, gate, world)).map((one) => ({ gate: one, by: user, at, reason }));
  const answer = await changeRelease(
    found.id,
    (current) => {
      if (hasBroken(current, `${wishId}:${gate}`)) return current;
      if (isOver(current)) return { refusal: { kind: 'release-over', number: current.number, status: current.status } };
      if (gateInTheWay(current) !== gate) return { refusal: { kind: 'stale-button' } };
      return passes.reduce((passing, pass) => withPass(passing, pass, `${wishId}:${pass.gate}`, app.people.owners), current);
    },
    world,
    (_before, after) => ({ audit: passes.map((pass) => glassFact(pass, after)) }),
  );
  if (answer.ok) await world.store.nudge(`barriers:${found.app}/${found.environment}`, at);
  return answer;
}

/** The request behind a refusal, made by who was refused; another gate may refuse it next. */
export async function requestThroughGlass(wish: Omit<GlassWish, 'release'> & { readonly asked: string }, world: World): Promise<Answer<Release>> {
  const { gate, user, reason, wishId } = wish;
  const asked = await askedBy(wish.asked, user, world);
  const app = world.apps.all().find((one) => one.name === asked?.app);
  const environment = app && asked && environmentOf(app, asked.environment);
  if (asked?.what.kind !== 'request' || asked.what.gate !== gate || !app || !environment) return no({ kind: 'stale-button' });
  const refusal = await refuseGlass(user, reason, app, world);
  if (refusal) return no(refusal);
  const { route, revision, purpose } = asked.what;
  const passes = [...asked.what.passes, { gate, by: user, at: world.clock.now(), reason }];
  const answer = await requestRelease({ app, environment, user, route, revision, purpose, passes, requestId: `glass:${wishId}`, ...(asked.reason !== undefined && { reason: asked.reason }) }, world);
  return answer.ok ? yes(answer.value.release) : answer;
}

/** Owners only, looked up now, and with a reason. */
export async function refuseGlass(user: string, reason: string, app: App, world: World): Promise<Refusal | undefined> {
  if ((await roleOf(user, app, world, true)) !== 'owner') return { kind: 'not-owner', what: 'break the glass', owners: app.people.owners };
  return reason.trim().length < SHORTEST_GLASS_REASON ? { kind: 'reason-needed', what: 'breaking the glass' } : undefined;
}

/** A transition is held by every lock and freeze that is in force, whichever of them AWS shows. */
async function gatesToPass({ app, environment, waiting }: Release, gate: GateName, world: World): Promise<readonly GateName[]> {
  if (waiting?.for !== 'transition') return [gate];
  const { all } = await world.store.barriers(app, environment);
  const now = world.clock.now();
  return [...new Set<GateName>([gate, ...all.filter((one) => isInForce(one, now)).map(({ kind }) => kind)])];
}
