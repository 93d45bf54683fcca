import type { Said } from '../ports.ts';
import type { Reply } from '../views/reply.ts';
import { audit } from './audit.ts';
import { cancel } from './cancel.ts';
import { refuse, type Asking, type Command } from './command.ts';
import { deploy } from './deploy.ts';
import { digest } from './digest.ts';
import { freeze } from './freeze.ts';
import { helpFor } from './help.ts';
import { lock } from './lock.ts';
import { wordsOf } from './normalise.ts';
import { NOT_BUILT } from './not-built.ts';
import { rollback } from './rollback.ts';
import { status } from './status.ts';
import { steal } from './steal.ts';
import { thaw } from './thaw.ts';
import { unlock } from './unlock.ts';
import { why } from './why.ts';

const help = helpFor(() => commands);

/** Everything that people can type. A new command is one file and one line here. */
export const commands: readonly Command[] = [deploy, why, rollback, cancel, lock, unlock, freeze, thaw, steal, status, audit, digest, help];

export { NOT_BUILT };

/** Words that cannot name an app or an environment. */
export const RESERVED: readonly string[] = [...commands.map((command) => command.verb), ...NOT_BUILT];

/** What `/deploy` and `/rollback` do besides: another verb behind them is no verb, so that `/rollback deploy prod` deploys nothing. */
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  deploy: ['deploy', 'why', 'cancel', 'lock', 'unlock', 'freeze', 'thaw', 'steal', 'status', 'audit', 'digest', 'help', ...NOT_BUILT],
  rollback: ['rollback', 'help', ...NOT_BUILT],
};

/** What was typed, as a verb and its words. A slash command's own name is a verb that may be left out. */
export function parseSaid(said: Said): { readonly verb: string; readonly words: readonly string[] } {
  const { what } = said;
  if (what.kind !== 'command' && what.kind !== 'mention') return { verb: '', words: [] };
  const words = wordsOf(what.words);
  const own = what.kind === 'command' ? what.command.replace('/', '') : 'jack';
  const first = words[0]?.toLowerCase() ?? '';
  const besides = BESIDES[own] ?? RESERVED;
  if (besides.includes(first)) return { verb: first, words: words.slice(1) };
  if (RESERVED.includes(first)) return { verb: `${own} ${first}`, words: words.slice(1) };
  if (own === 'deploy' || own === 'rollback') return { verb: own, words };
  return { verb: first === '' ? 'help' : first, words: words.slice(1) };
}

/** Runs what was typed; words that nothing understands are answered with the usage of all. */
export async function runCommand(asking: Asking): Promise<Reply> {
  const { verb, words } = parseSaid(asking.said);
  const command = commands.find((one) => one.verb === verb);
  if (command) return command.run(words, asking);
  if (NOT_BUILT.includes(verb)) return refuse({ kind: 'not-built', verb });
  return refuse({ kind: 'not-understood', words: [verb, ...words].join(' '), usages: commands.filter((one) => one !== help).flatMap((one) => one.usages.slice(0, 1)) });
}
