import { shellOf } from '../../src/cli/by-hand/line.ts';
import { anyPlace } from '../../src/cli/by-hand/place.ts';
import { permissionsOf, type Recipe } from '../../src/cli/by-hand/recipe.ts';
import { IN_TROUBLE, recipesFor } from '../../src/cli/by-hand/recipes/index.ts';
import { read, withMarked } from './pages.ts';

const PAGE = 'docs/operating/without-jack.md';

/** The page with the recipes of `jack by-hand`, names as variables of the shell. */
export function withoutJackPage(): string {
  const order = IN_TROUBLE.map((line, at) => `${at + 1}. ${line}\n`).join('');
  const recipes = recipesFor(anyPlace()).map((recipe) => section(recipe)).join('\n');
  return withMarked(withMarked(read(PAGE), 'order', order), 'recipes', recipes);
}

function section(recipe: Recipe): string {
  const { title, about, console, steps } = recipe;
  const needs = permissionsOf(recipe);
  const parts = [
    `## ${title}`,
    about,
    ...(console === undefined ? [] : [`**In the console:** ${console}`]),
    ...steps.flatMap(({ say, lines }) => [say, ...(lines.length === 0 ? [] : [`\`\`\`sh\n${lines.map((line) => shellOf(line)).join('\n')}\n\`\`\``])]),
    ...(needs.length === 0 ? [] : [`Needs ${needs.map((one) => `\`${one}\``).join(', ')}.`]),
  ];
  return `${parts.join('\n\n')}\n`;
}
