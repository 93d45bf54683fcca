import { withPass } from '../domain/door/glass.ts';
import type { Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import type { Request } from './request-release.ts';

/** A release as it is first written down. What runs there now is noted, so that what ships and what to go back to is known. */
export async function newRelease(request: Request, world: World): Promise<Omit<Release, 'number' | 'version'>> {
  const { app, environment, route, revision, purpose, user, reason } = request;
  const now = world.clock.now();
  const previous = await whatRuns(request, world);
  const release: Omit<Release, 'number' | 'version'> = {
    id: world.ids.next(),
    attempt: 1,
    app: app.name,
    environment: environment.name,
    channel: app.channel,
    purpose,
    route,
    revision,
    ...(previous && { previous }),
    requesters: [{ user, at: now, ...(reason !== undefined && { reason }) }],
    loudness: environment.loudness,
    requestedAt: now,
    status: 'requested',
    statusAt: now,
    stages: [],
    deploys: [],
    approvals: [],
    holds: [],
    notes: [],
  };
  return (request.passes ?? []).reduce((passing, pass) => withPass(passing, pass, `${request.requestId}:${pass.gate}`, app.people.owners), release);
}

async function whatRuns({ app, environment }: Request, world: World): Promise<Release['previous']> {
  const { label } = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  return label === undefined ? undefined : { ...(await world.aws.revisionOfLabel(app, label)), label };
}
