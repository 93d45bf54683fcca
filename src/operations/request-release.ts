import type { App, Environment } from '../domain/app.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';
import { isOver, withNote, type Release, type Route } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';
import { newRelease } from './new-release.ts';
import { refuseViewers } from './role.ts';

/** What somebody asks for, once it is clear how it travels. */
export interface Request {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  readonly route: Route;
  readonly revision: Revision;
  readonly purpose: 'deploy' | 'rollback';
  readonly reason?: string;
  /** Recognises a repeat of the same request. */
  readonly requestId: string;
}

/** `adopted`: there was an open release of it already, and the caller counts as a requester of that one. */
export interface Requested {
  readonly release: Release;
  readonly adopted: boolean;
}

/** Writes the request down. A request equal to an open one is answered with the open release. Starts nothing itself. */
export async function requestRelease(request: Request, world: World): Promise<Answer<Requested>> {
  const refusal = await refuseViewers(request.user, request.app, world);
  if (refusal) return no(refusal);
  const open = await world.store.openReleases(request.app.name);
  const same = open.find((release) => isSame(release, request));
  if (same) return adopt(same, request, world);
  const { release, added } = await world.store.addRelease(await newRelease(request, world), request.requestId);
  if (added || isRequester(release, request.user)) return yes({ release, adopted: false });
  return adopt(release, request, world);
}

/** Same place, same purpose, and either the same execution or the same thing to ship. */
function isSame(release: Release, { environment, route, purpose, revision }: Request): boolean {
  if (isOver(release) || release.environment !== environment.name || release.purpose !== purpose || release.cancel) return false;
  if (route.kind === 'version') return release.route.kind === 'version' && release.route.label === route.label;
  if (release.route.kind !== 'pipeline' || release.route.pipeline !== route.pipeline) return false;
  if (route.executionId !== undefined) return release.route.executionId === route.executionId;
  const asked = route.override?.commit ?? revision.id;
  const comes = release.route.override?.commit ?? release.revision.id;
  return asked === comes;
}

function isRequester(release: Release, user: string): boolean {
  return release.requesters.some((requester) => requester.user === user);
}

async function adopt(release: Release, request: Request, world: World): Promise<Answer<Requested>> {
  const { user, reason } = request;
  const at = world.clock.now();
  const said = reason === undefined ? {} : { reason };
  const answer = await changeRelease(
    release.id,
    (current) => {
      if (isRequester(current, user)) return current;
      const joined = { ...current, requesters: [...current.requesters, { user, at, ...said }] };
      return withNote(joined, `adopted:${user}`, at, { kind: 'adopted', by: user, ...said });
    },
    world,
  );
  return answer.ok ? yes({ release: answer.value, adopted: true }) : answer;
}
