import { shellOf } from './line.ts';
import { permissionsOf, type Recipe, type Step } from './recipe.ts';

/** The recipe for a terminal: the lines stand alone, so that they can be copied; nothing else begins at their depth. */
export function recipeText(recipe: Recipe): string {
  const { title, about, console, steps } = recipe;
  const needs = permissionsOf(recipe);
  return [
    title.toUpperCase(),
    ...wrapped(about),
    ...(console === undefined ? [] : wrapped(`Console: ${console}`)),
    ...(needs.length === 0 ? [] : wrapped(`Needs: ${needs.join(', ')}`)),
    ...steps.flatMap((step) => stepLines(step)),
  ].join('\n');
}

function stepLines({ say, lines }: Step): readonly string[] {
  return ['', ...wrapped(say), ...lines.flatMap((line) => shellOf(line).split('\n').map((row) => `    ${row}`))];
}

const WIDTH = 100;

/** The marks for code and for words of the console are the page's. */
function wrapped(text: string): readonly string[] {
  const rows: string[] = [];
  for (const word of text.replaceAll(/`([^`]+)`/g, '$1').replaceAll(/\*(\S(?:[^*]*\S)?)\*/g, '$1').split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(`  ${word}`);
  }
  return rows;
}
