import type { DoorFacts } from '../../domain/door/door-facts.ts';
import { isPassable } from '../../domain/door/glass.ts';
import { refusing, type ClosedGate } from '../../domain/gates/index.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { isOver, type Pass } from '../../domain/release.ts';
import { asksTheSame } from '../../domain/same-request.ts';
import type { World } from '../../ports.ts';
import { readBarriers } from './gate-facts.ts';
import { ask } from '../questions.ts';
import type { Request } from '../request-release.ts';
import { refuseNoOwner, roleOf } from '../role.ts';

/** A request, with the words for its revision where it is a rollback. */
type Wanted = Omit<Request, 'requestId'> & { readonly asked?: string };

/**
 * Undefined when no gate refuses: the request is taken, and waits where it has to. For an owner the request is noted,
 * so that it can be made with a broken glass.
 */
export async function refuseClosed(request: Wanted, world: World): Promise<Refusal | undefined> {
  const { app, environment, user, route, revision, purpose, reason, asked: words } = request;
  const closed = await closedGate(request, world);
  if (!closed) return undefined;
  const { gate, open: _closed, manner: _refuses, ...because } = closed;
  const passable = isPassable(gate, because, route.kind);
  const mayBreakGlass = passable && (await refuseNoOwner(user, app, world)) === undefined;
  const what = { kind: 'request', route, revision, purpose, gate, closed: because, passes: request.passes ?? [], ...(words !== undefined && { asked: words }) } as const;
  const asked = mayBreakGlass ? await ask({ user, app: app.name, environment: environment.name, at: world.clock.now(), what, ...(reason !== undefined && { reason }) }, world) : undefined;
  return { kind: 'gate-closed', app: app.name, environment: environment.name, gate, closed: because, owners: app.people.owners, mayBreakGlass, ...(!passable && { noGlass: true as const }), ...(asked !== undefined && { asked }) };
}

/** The first gate that refuses the request now; nothing is noted. */
export async function closedGate(request: Wanted, world: World): Promise<ClosedGate | undefined> {
  const { app, environment, user, route, purpose, passes } = request;
  const barriers = await readBarriers(request, world);
  return refusing({
    environment,
    route: route.kind,
    purpose,
    role: await roleOf(user, app, world),
    requesters: [user, ...(await holderOfSame(request, barriers.lock, world))],
    ...barriers,
    ...(passes && { passes }),
    ahead: [],
    approvalAction: false,
  });
}

/** A rollback's own lock stands in the way of nobody who asks for the same rollback: they join it, and the lock stays whose it is. */
async function holderOfSame({ app, environment, route, revision, purpose }: Wanted, lock: DoorFacts['lock'], world: World): Promise<readonly string[]> {
  if (lock === undefined || lock === 'unknown' || lock.rollback === undefined) return [];
  const own = await world.store.releaseByNumber(lock.rollback);
  const isSame = own && !isOver(own) && asksTheSame(own, { app: app.name, environment: environment.name, purpose, route, revision });
  return isSame && own.requesters.some(({ user }) => user === lock.by) ? [lock.by] : [];
}

/** Those of the passes without which a gate would refuse: nobody is told of a glass that nobody had to break. */
export async function neededPasses(request: Wanted & Pick<Required<Request>, 'passes'>, world: World): Promise<readonly Pass[]> {
  const needed: Pass[] = [];
  for (const pass of request.passes) {
    const without = request.passes.filter((one) => one !== pass);
    if ((await closedGate({ ...request, passes: without }, world)) !== undefined) needed.push(pass);
  }
  return needed;
}
