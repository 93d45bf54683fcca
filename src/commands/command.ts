import type { App } from '../domain/app.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Said, World } from '../ports.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Reply } from '../views/reply.ts';
import type { Known } from './target.ts';

/** One thing that people type. The usage lines are the help and are parsed by its own `run`; a test holds both together. */
export interface Command {
  readonly verb: string;
  readonly usages: readonly string[];
  /** For the help, in plain words. */
  readonly says: string;
  run(words: readonly string[], asked: Asking): Promise<Reply>;
}

/** Who asks, where, and what their words can mean. */
export interface Asking {
  readonly said: Said;
  readonly world: World;
  readonly known: Known;
}

/** What the configuration knows, seen from this channel. An app that could not be discovered is known by its problem. */
export function knownFrom(channel: string, world: World): Known {
  const apps = world.apps.all();
  const absent = world.apps.problems().filter(({ app }) => !apps.some((one) => one.name === app));
  const undiscovered = absent.map(({ app, problem, channel: own }) => ({ app, problem, here: own === channel }));
  return { apps, here: apps.filter((app: App) => app.channel === channel), undiscovered };
}

/** The words name no target: the answer shows how this command is typed. */
export function refuseTarget(refusal: Refusal, { usages }: Pick<Command, 'usages'>): Reply {
  return refusalReply(refusal.kind === 'missing-environment' ? { ...refusal, usage: usages[0] ?? '' } : refusal);
}

export function refuse(refusal: Refusal): Reply {
  return refusalReply(refusal);
}
