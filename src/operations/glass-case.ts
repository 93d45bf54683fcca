import type { App } from '../domain/app.ts';
import type { Closed, GateName } from '../domain/gates/gate.ts';
import { gateInTheWay } from '../domain/door/glass.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import { askedBy } from './questions.ts';
import { roleOf } from './role.ts';

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
  const gate = release && gateInTheWay(release);
  if (!release || gate === undefined) return no({ kind: 'stale-button' });
  const { app, environment, number, waiting } = release;
  return forOwners(app, user, { app, environment, gate, what: { kind: 'release', number }, ...(waiting?.for === 'gate' && { closed: waiting.because }) }, world);
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
  return (await roleOf(user, app, world)) === 'owner' ? yes(found) : no({ kind: 'not-owner', what: 'break the glass', owners: app.people.owners });
}
