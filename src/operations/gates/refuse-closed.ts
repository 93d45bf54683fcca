import { refusing } from '../../domain/gates/index.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { readBarriers } from './gate-facts.ts';
import { ask } from '../questions.ts';
import type { Request } from '../request-release.ts';
import { roleOf } from '../role.ts';

/**
 * Undefined when no gate refuses: the request is taken, and waits where it has to. For an owner the request is noted,
 * so that it can be made with a broken glass.
 */
export async function refuseClosed(request: Omit<Request, 'requestId'>, world: World): Promise<Refusal | undefined> {
  const { app, environment, user, route, revision, purpose, reason } = request;
  const role = await roleOf(user, app, world);
  const closed = refusing({
    environment,
    route: route.kind,
    purpose,
    role,
    requesters: [user],
    ...(await readBarriers(request, world)),
    ...(request.passes && { passes: request.passes }),
    ahead: [],
    approvalAction: false,
  });
  if (!closed) return undefined;
  const { gate, open: _closed, manner: _refuses, ...because } = closed;
  const mayBreakGlass = role === 'owner';
  const what = { kind: 'request', route, revision, purpose, gate, closed: because, passes: request.passes ?? [] } as const;
  const asked = mayBreakGlass ? await ask({ user, app: app.name, environment: environment.name, at: world.clock.now(), what, ...(reason !== undefined && { reason }) }, world) : undefined;
  return { kind: 'gate-closed', app: app.name, environment: environment.name, gate, closed: because, owners: app.people.owners, mayBreakGlass, ...(asked !== undefined && { asked }) };
}

