import { roleOf } from '../operations/role.ts';
import { helpReply } from '../views/help.ts';
import type { Command } from './command.ts';

/** `/jack help`: the commands, and *your* configuration. The table is handed in, so that help and commands cannot drift apart. */
export function helpFor(table: () => readonly Command[]): Command {
  return {
    verb: 'help',
    usages: ['/jack help'],
    says: 'This.',
    async run(_words, { said, world, known }) {
      const apps = known.here.length > 0 ? known.here : known.apps;
      const roles = new Map<string, string>();
      for (const app of apps) roles.set(app.name, await roleOf(said.user, app, world));
      const commands = table().map(({ usages, says }) => ({ usages, says }));
      return helpReply(commands, apps, roles, world.apps.problems());
    },
  };
}
