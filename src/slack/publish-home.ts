import { placesOf } from '../operations/places.ts';
import type { Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { homeView } from '../views/home.ts';

/** Draws one person's home tab: 'home:<user>'. */
export async function publishHome(user: string, world: World): Promise<undefined> {
  const places = await placesOf(world.apps.all(), world);
  const open = (await world.store.openReleases()).filter((release) => release.approvals.some((request) => request.state === 'open'));
  const waitsForYou = [];
  for (const release of open) {
    if (await waitsFor(user, release, world)) waitsForYou.push({ number: release.number, app: release.app, environment: release.environment, channel: release.channel });
  }
  await world.slack.publishHome(user, homeView(places, { waitsForYou, problems: world.apps.problems() }));
  return undefined;
}

async function waitsFor(user: string, release: Release, world: World): Promise<boolean> {
  if (release.requesters.some((requester) => requester.user === user)) return false;
  const request = release.approvals.find((one) => one.state === 'open');
  return request?.policy !== undefined && world.slack.people.isAmong(user, request.policy.from);
}
