import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';
import { knownFrom } from './command.ts';
import { runCommand } from './index.ts';

/** Runs what was typed and answers the one who typed it. A click or a form is answered by its own table. */
export function answerWords(said: Said, world: World): Promise<Reply> {
  return runCommand({ said, world, known: knownFrom(said.channel, world) });
}
