import { placesOf } from '../operations/places.ts';
import { statusReply } from '../views/home.ts';
import type { Command } from './command.ts';

/** `/jack status`: what runs where, and what is on its way. */
export const status: Command = {
  verb: 'status',
  usages: ['/jack status'],
  says: 'What runs where, and what is on its way.',
  async run(_words, { world, known }) {
    const apps = known.here.length > 0 ? known.here : known.apps;
    return statusReply(await placesOf(apps, world));
  },
};
