import type { Place } from '../domain/place.ts';
import type { Release } from '../domain/release.ts';
import { placesOf } from '../operations/places.ts';
import type { World } from '../ports.ts';
import { homeView, statusReply } from '../views/home.ts';
import type { Command } from './command.ts';

/** `/jack status`: what runs where, and what is on its way. */
export const status: Command = {
  verb: 'status',
  usages: ['/jack status'],
  says: 'What runs where, and what is on its way.',
  async run(_words, { world, known }) {
    const isOurs = known.here.length > 0 || known.undiscovered.some(({ here }) => here);
    const problems = known.undiscovered.filter(({ here }) => here || !isOurs);
    return statusReply(await placesOf(isOurs ? known.here : known.apps, world), problems);
  },
};

/** The same for the home tab, with what waits for this person first. */
export async function homeFor(user: string, world: World): Promise<ReturnType<typeof homeView>> {
  const places = await placesOf(world.apps.all(), world);
  const waitsForYou: Release[] = [];
  for (const release of await world.store.openReleases()) {
    if (await waitsFor(user, release, world)) waitsForYou.push(release);
  }
  const toLetIn: Place[] = [];
  for (const place of places) if (await isAsked(user, place, world)) toLetIn.push(place);
  return homeView(places, { waitsForYou, toLetIn, problems: world.apps.problems() });
}

/** Whether what a lock or a freeze held waits for this person's word. */
async function isAsked(user: string, { app, asks }: Place, { slack }: World): Promise<boolean> {
  if (!asks) return false;
  return asks.by === undefined ? slack.people.isAmong(user, app.people.owners) : asks.by === user;
}

async function waitsFor(user: string, release: Release, world: World): Promise<boolean> {
  if (release.requesters.some((requester) => requester.user === user)) return false;
  const request = release.approvals.find((one) => one.state === 'open');
  return request?.policy !== undefined && world.slack.people.isAmong(user, request.policy.from);
}
