import { actionOf, type Line } from './line.ts';
import type { Place, Way } from './place.ts';

/** How one thing is done by hand. */
export interface Recipe {
  readonly title: string;
  /** One or two sentences: when, and what to mind. */
  readonly about: string;
  /** The same in AWS's console; absent where it has nothing for it. */
  readonly console?: string;
  readonly steps: readonly Step[];
}

/** Some lines and what they are for. In texts, `backquotes` are code and *stars* are what the console shows. */
export interface Step {
  readonly say: string;
  readonly lines: readonly Line[];
}

/** The steps for each way in; where there are several, each says which it is for. */
export function forEachWay({ ways }: Place, steps: (way: Way) => readonly Step[]): readonly Step[] {
  if (ways.length === 1) return ways.flatMap((way) => steps(way));
  return ways.flatMap((way) => steps(way).map((step) => ({ ...step, say: `${way.title}. ${step.say}` })));
}

/** The permissions that its lines need, as IAM names them. */
export function permissionsOf({ steps }: Recipe): readonly string[] {
  return [...new Set(steps.flatMap((step) => step.lines.flatMap((line) => actionOf(line) ?? [])))].sort();
}
