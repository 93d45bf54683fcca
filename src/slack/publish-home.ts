import { homeFor } from '../commands/status.ts';
import type { World } from '../ports.ts';

/** Draws one person's home tab: 'home:<user>'. */
export async function publishHome(user: string, world: World): Promise<undefined> {
  await world.slack.publishHome(user, await homeFor(user, world));
  return undefined;
}
