import type { App } from '../domain/app.ts';
import type { Closed, GateName } from '../domain/gates/gate.ts';
import { gateInTheWay } from '../domain/door/glass.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';
import type { Release } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import { refuseGone } from './break-glass.ts';
import { holderOfTransition } from './gates/glass-at-gate.ts';
import { askedBy } from './questions.ts';
import { refuseNoOwner } from './role.ts';

/** What an owner may let pass, before they say why. */
export interface GlassCase {
  readonly app: string;
  readonly environment: string;
  readonly gate: GateName;
  /** What keeps the gate closed, where it is known. */
  readonly closed?: Closed;
  readonly what: { readonly kind: 'release'; readonly number: number } | { readonly kind: 'request'; readonly purpose: 'deploy' | 'rollback'; readonly revision: Revision };
}

/** A release that waits at a gate. */
export async function glassCaseOfRelease(id: string, user: string, world: World): Promise<Answer<GlassCase>> {
  const release = await world.store.release(id);
  if (!release) return no({ kind: 'stale-button' });
  const gone = refuseGone(release);
  const gate = gateInTheWay(release);
  if (gone || gate === undefined) return no(gone ?? { kind: 'stale-button' });
  const { app, number, waiting } = release;
  const environment = await whoseGate(release, world);
  return forOwners(app, user, { app, environment, gate, what: { kind: 'release', number }, ...(waiting?.for === 'gate' && { closed: waiting.because }) }, world);
}

/** Its own environment, or the one on the way at whose gate or question it waits, or whose lock or freeze holds the transition that it has to come through. */
async function whoseGate({ app: name, environment, approvals, waiting }: Release, world: World): Promise<string> {
  const app = world.apps.all().find((one) => one.name === name);
  const holder = app && waiting?.for === 'transition' ? await holderOfTransition(waiting, app, world) : undefined;
  if (waiting?.for === 'approval') return approvals.find(({ id }) => id === waiting.approvalId)?.environment ?? environment;
  return holder?.environment.name ?? (waiting?.for === 'gate' ? waiting.environment : undefined) ?? environment;
}

/** A request of this person that a gate refused. */
export async function glassCaseOfRequest(id: string, user: string, world: World): Promise<Answer<GlassCase>> {
  const asked = await askedBy(id, user, world);
  if (asked?.what.kind !== 'request') return no({ kind: 'stale-button' });
  const { gate, closed, purpose, revision } = asked.what;
  return forOwners(asked.app, user, { app: asked.app, environment: asked.environment, gate, closed, what: { kind: 'request', purpose, revision } }, world);
}

/** Asked again, and anew, when the reason is sent. */
async function forOwners(name: string, user: string, found: GlassCase, world: World): Promise<Answer<GlassCase>> {
  const app: App | undefined = world.apps.all().find((one) => one.name === name);
  if (!app) return no({ kind: 'stale-button' });
  const refusal = await refuseNoOwner(user, app, world);
  return refusal ? no(refusal) : yes(found);
}
