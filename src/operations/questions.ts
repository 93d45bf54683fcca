import { placeNamed, type App, type Environment } from '../domain/app.ts';
import type { Closed, GateName } from '../domain/gates/gate.ts';
import type { Pass, Route } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import type { Question } from './choice.ts';

/** A question that was put to one person, with the options that its buttons stand for: buttons carry the id alone. */
export interface Asked {
  readonly user: string;
  readonly app: string;
  readonly environment: string;
  readonly at: number;
  readonly reason?: string;
  readonly what: AskedWhat;
}

export type AskedWhat =
  | { readonly kind: 'rollback'; readonly asked?: string; readonly target: string; readonly inFlight: boolean; /** Gates that the owner lets it pass, once it is confirmed. */ readonly passes?: readonly Pass[]; /** The number of the one that it joins. */ readonly joins?: number }
  /** What becomes of these, which wait in front of a lock that is to end. */
  | { readonly kind: 'unlock'; readonly barrier: string; readonly executionIds: readonly string[] }
  /** This lock is to be taken over from its holder. */
  | { readonly kind: 'steal'; readonly barrier: string; readonly until?: number }
  /** A request that a closed gate refused: an owner may make it with a broken glass. `passes`: gates passed on the way so far. */
  | { readonly kind: 'request'; readonly route: Route; readonly revision: Revision; readonly purpose: 'deploy' | 'rollback'; readonly gate: GateName; readonly closed: Closed; readonly passes: readonly Pass[]; /** A rollback's words for its version. */ readonly asked?: string }
  | Question;

/** Writes the question down and answers with its id. */
export async function ask(asked: Asked, world: World): Promise<string> {
  const id = world.ids.next();
  await world.store.setNote(`asked:${id}`, JSON.stringify(asked));
  return id;
}

/** The question behind a button, if it was put to this person; a forged or foreign id finds nothing. */
export async function askedBy(id: string, user: string, world: World): Promise<Asked | undefined> {
  const noted = await world.store.note(`asked:${id}`);
  if (noted === undefined) return undefined;
  const asked = JSON.parse(noted) as Asked;
  return asked.user === user ? asked : undefined;
}

/** A question with the place that it was about, as that is known now. */
export interface AskedThere extends Pick<Asked, 'reason' | 'what'> {
  readonly app: App;
  readonly environment: Environment;
}

/** The same for who answers it; undefined also where its app or its environment is not there any more. */
export async function askedThere(id: string, user: string, world: World): Promise<AskedThere | undefined> {
  const asked = await askedBy(id, user, world);
  const place = asked && placeNamed(world.apps.all(), asked.app, asked.environment);
  return asked && place && { ...asked, ...place };
}
