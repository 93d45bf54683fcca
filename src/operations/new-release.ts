import type { Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import type { Request } from './request-release.ts';

/** A release as it is first written down. What runs there now is noted, so that what ships and what to go back to is known. */
export async function newRelease(request: Request, world: World): Promise<Omit<Release, 'number' | 'version'>> {
  const { app, environment, route, revision, purpose, user, reason } = request;
  const now = world.clock.now();
  const previous = await whatRuns(request, world);
  return {
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
}

async function whatRuns({ app, environment }: Request, world: World): Promise<Release['previous']> {
  const { label } = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  return label === undefined ? undefined : { ...(await world.aws.revisionOfLabel(app, label)), label };
}
