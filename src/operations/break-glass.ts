import type { App, Environment } from '../domain/app.ts';
import { glassFor } from '../domain/approvals/approval.ts';
import { keysOf } from '../domain/barriers/pass-key.ts';
import type { GateName } from '../domain/gates/gate.ts';
import { gateInTheWay, glassFact, hasBroken, questionToPass, SHORTEST_GLASS_REASON, withPass } from '../domain/door/glass.ts';
import { no, yes, type Answer, type Refusal } from '../domain/refusal.ts';
import { isOver, type Pass, type Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';
import { gatesToPass, nothingToPass, passesThem, type ToPass } from './gates/glass-at-gate.ts';
import { closedGate, neededPasses, refuseClosed } from './gates/refuse-closed.ts';
import { askedThere } from './questions.ts';
import { requestRelease } from './request-release.ts';
import { refuseNoOwner } from './role.ts';

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
  if (hasBroken(found, `${wishId}:${gate}`)) return told(found, world);
  const gone = refuseGone(found, gate);
  if (gone) return no(gone);
  const toPass = await gatesToPass(found, gate, app, world);
  if (!toPass.ok) return toPass;
  const at = world.clock.now();
  const passes = toPass.value.map((one): Pass => ({ ...one, by: user, at, reason }));
  const answer = await changeRelease(
    found.id,
    (current) => {
      if (hasBroken(current, `${wishId}:${gate}`)) return current;
      const over = refuseGone(current, gate) ?? refuseSecond(current, gate, toPass.value);
      if (over) return { refusal: over };
      if (JSON.stringify(current.waiting) !== JSON.stringify(found.waiting)) return { refusal: { kind: 'stale-button' } };
      return passes.reduce((passing, pass) => withPass(passing, pass, `${wishId}:${pass.gate}`, app.people.owners), current);
    },
    world,
    (_before, after) => ({ audit: passes.map((pass) => glassFact(pass, after)) }),
  );
  return answer.ok ? told(answer.value, world) : answer;
}

/** The ways in are looked at anew where the barriers stand that were passed. */
async function told(release: Release, world: World): Promise<Answer<Release>> {
  const places = new Set([release.environment, ...(release.passes ?? []).flatMap(({ environment }) => environment ?? [])]);
  for (const place of places) await world.store.nudge(`barriers:${release.app}/${place}`, world.clock.now());
  return yes(release);
}

/** It does not wait at this gate: it is over, somebody answered its question, or let it pass already. */
export function refuseGone(release: Release, gate?: GateName): Refusal | undefined {
  const { number, status, passes, waiting, cancel, approvals } = release;
  if (isOver(release)) return { kind: 'release-over', number, status, to: 'pass' };
  const present = gateInTheWay(release);
  if (present !== undefined && (gate === undefined || present === gate)) return undefined;
  if (waiting?.for === 'approval' && !cancel && !questionToPass(approvals, waiting.approvalId)) return nothingToPass(release, 'approval');
  const first = passes?.findLast((pass) => gate === undefined || pass.gate === gate);
  return first ? { kind: 'glass-broken', number, gate: first.gate, by: first.by, at: first.at } : { kind: 'stale-button' };
}

/** It waits there still, though somebody let it pass a moment ago. */
function refuseSecond({ number, passes, approvals, waiting }: Release, gate: GateName, toPass: readonly ToPass[]): Refusal | undefined {
  const request = waiting?.for === 'approval' ? approvals.find(({ id }) => id === waiting.approvalId) : undefined;
  const first = request ? glassFor(request, passes) : passesThem(passes, toPass) ? passes?.findLast((pass) => pass.gate === gate) : undefined;
  return first && { kind: 'glass-broken', number, gate, by: first.by, at: first.at };
}

/** The request behind a refusal, made by who was refused; another gate may refuse it next. A rollback is planned anew, and confirmed. */
export async function requestThroughGlass(wish: Omit<GlassWish, 'release'> & { readonly asked: string }, world: World): Promise<Answer<{ readonly release: Release } | { readonly plan: RollbackThroughGlass }>> {
  const { gate, user, reason, wishId } = wish;
  const asked = await askedThere(wish.asked, user, world);
  if (asked?.what.kind !== 'request' || asked.what.gate !== gate) return no({ kind: 'stale-button' });
  const { app, environment } = asked;
  const refusal = await refuseGlass(user, reason, app, world);
  if (refusal) return no(refusal);
  const { route, revision, purpose, closed } = asked.what;
  const why = asked.reason === undefined ? {} : { reason: asked.reason };
  const requestId = `glass:${wishId}`;
  const made = (await world.store.openReleases(app.name)).find((release) => hasBroken(release, `${requestId}:${gate}`));
  if (made) return yes({ release: made });
  const request = { app, environment, user, route, revision, purpose, passes: asked.what.passes, ...why };
  const present = await closedGate(request, world);
  if (!present) return no({ kind: 'nothing-to-pass', app: app.name, environment: environment.name, gate, purpose });
  const barriers = keysOf(closed);
  if (present.gate !== gate || !isSame(barriers, keysOf(present))) return no((await refuseClosed({ ...request, ...askedFor(asked.what) }, world)) ?? { kind: 'stale-button' });
  const passes = [...asked.what.passes, { gate, by: user, at: world.clock.now(), reason, ...(barriers.length > 0 && { barriers }) }];
  if (purpose === 'rollback') return yes({ plan: { app, environment, passes, ...askedFor(asked.what), ...why } });
  const answer = await requestRelease({ ...request, passes: await neededPasses({ ...request, passes }, world), requestId }, world);
  return answer.ok ? yes({ release: answer.value.release }) : answer;
}

/** A rollback that an owner lets pass: it goes on with its plan and one confirm. */
export interface RollbackThroughGlass {
  readonly app: App;
  readonly environment: Environment;
  readonly passes: readonly Pass[];
  readonly asked?: string;
  readonly reason?: string;
}

function askedFor({ asked }: { readonly asked?: string }): { readonly asked?: string } {
  return asked === undefined ? {} : { asked };
}

function isSame(shown: readonly string[], present: readonly string[]): boolean {
  return shown.length === present.length && shown.every((key) => present.includes(key));
}

/** Owners only, and no guests, looked up now, and with a reason. */
export async function refuseGlass(user: string, reason: string, app: App, world: World): Promise<Refusal | undefined> {
  const refusal = await refuseNoOwner(user, app, world, true);
  if (refusal) return refusal;
  return reason.trim().length < SHORTEST_GLASS_REASON ? { kind: 'reason-needed', what: 'breaking the glass' } : undefined;
}
