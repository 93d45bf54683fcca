import type { Place, Way } from '../place.ts';
import { forEachWay, type Recipe, type Step } from '../recipe.ts';
import { closedNow, free, hold } from './looks.ts';

const IN_CONSOLE = '*CodePipeline → Pipelines →* the pipeline';

export function holdTheWay(place: Place): Recipe {
  return {
    title: 'Hold: let nothing in',
    about: 'Closes the way into the stage that deploys. What waits stays in front of it (for 30 days at most, and a newer execution may take its place); what is inside the stage already goes on. A reason takes letters, digits, spaces and `! @ ( ) . * ? -`, up to 300 of them: no comma, colon, apostrophe or umlaut.',
    console: `${IN_CONSOLE} *→ Disable transition* above the stage, with a reason.`,
    steps: forEachWay(place, (way) => (way.isFirstStage ? [cannotBeHeld(way)] : [
      { say: 'Closed already? Then leave it: closing it again would overwrite the reason that says whose it is.', lines: [closedNow(place, way)] },
      { say: 'Close it.', lines: [hold(place, way)] },
    ])),
  };
}

export function freeTheWay(place: Place): Recipe {
  return {
    title: 'Free: let it in again',
    about: 'What waits in front flows in at once. Read the reason first and look at what waits. The reason says whose hold it is; the table in `docs/operating/without-jack.md` says when each may go.',
    console: `${IN_CONSOLE}: the closed transition shows its reason; *→ Enable transition*.`,
    steps: forEachWay(place, (way) => (way.isFirstStage ? [cannotBeHeld(way)] : [
      { say: 'Whose is it, and what waits?', lines: [closedNow(place, way)] },
      { say: 'Open it.', lines: [free(place, way)] },
    ])),
  };
}

export function cannotBeHeld({ title }: Way): Step {
  return { say: `${title} is the pipeline’s first: no transition leads into it, so it cannot be held. Stop its executions instead.`, lines: [] };
}
