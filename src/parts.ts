import { checkForm, opensForm } from './forms/index.ts';
import { readDigest } from './operations/digest/read-digest.ts';
import type { Log, World } from './ports.ts';
import { postDigest } from './reconciler/digest/post-digest.ts';
import { reconcilerHandlers, type Complain } from './reconciler/handlers.ts';
import type { Handler } from './reconciler/loop.ts';
import type { Rhythm } from './reconciler/rhythm.ts';
import { answerSaid, openBelieved } from './slack/answers.ts';
import type { Forms } from './slack/listening/listeners.ts';
import { publishHome } from './slack/publish-home.ts';

/** Due work by kind: what people said, releases and pipelines, home tabs, digests (`digest:<app>`; undiscovered apps wait). */
export function workHandlers(world: World, log: Log, rhythm: Rhythm, complain: Complain = () => undefined): Readonly<Record<string, Handler>> {
  return {
    ...reconcilerHandlers(world, log, rhythm, complain),
    said: (key) => answerSaid(rest(key), world),
    home: (key) => publishHome(rest(key), world),
    digest: async (key, claim) => {
      const app = world.apps.all().find(({ name }) => name === rest(key));
      return app ? postDigest(app, readDigest, world, claim) : world.clock.now() + rhythm.slowMs;
    },
  };
}

/** The forms, as the listeners see them. No menu of theirs fills itself from what is typed. */
export function formsOf(world: World): Forms {
  return { opens: opensForm, open: (said, shown) => openBelieved(said, shown, world), check: checkForm, suggest: async () => [] };
}

function rest(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
