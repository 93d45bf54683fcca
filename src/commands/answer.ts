import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';
import { refusalReply } from '../views/refusal.ts';
import { knownFrom } from './command.ts';
import { runCommand } from './index.ts';

/** Runs what was typed and answers the one who typed it. A click or a form is answered by its own table. */
export async function answerWords(said: Said, world: World): Promise<Reply> {
  const known = knownFrom(said.channel, world);
  if (known.apps.length > 0) return runCommand({ said, world, known });
  const problem = world.apps.problems()[0];
  return problem ? refusalReply({ kind: 'undiscovered-app', app: problem.app, problem: problem.problem }) : runCommand({ said, world, known });
}
