import { NOT_BUILT, commands } from '../../src/commands/index.ts';
import { read, withMarked } from './pages.ts';
import { withoutJackPage } from './without-jack.ts';

/** The parts of the docs that are made from the code, by the path of their page. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/commands.md', commandsPage()],
    ['README.md', withMarked(read('README.md'), 'transcript', transcript())],
    ['docs/operating/without-jack.md', withoutJackPage()],
  ]);
}

/** In Slack the help says of itself: “This.” */
const HELP = 'These commands, and the configuration as it concerns you: apps, environments, who approves, your role.';

function transcript(): string {
  return `\`\`\`text\n${read('test/e2e/transcripts/happy-path.txt').trimEnd()}\n\`\`\`\n`;
}

function commandsPage(): string {
  return `${[
    '# Commands',
    '',
    '<!-- Made from src/commands by `npx node test/docs/write-pages.ts`. -->',
    '',
    'Every verb can be typed in three ways: `/jack <verb> …`, `/deploy <verb> …`, and `@Jack <verb> …`, the last also in threads and, without the `@Jack`, in a direct message. Only `/deploy` and `/rollback` have slash commands of their own, where the verb is left out.',
    '',
    'Words in `[…]` may be left out. The app may be left out where the channel has one.',
    ...commands.flatMap(({ verb, usages, says }) => ['', `## ${verb}`, '', ...usages.map((usage) => `- \`${usage}\``), '', verb === 'help' ? HELP : says]),
    '',
    '## Not built yet',
    '',
    `These words are known, refuse with a sentence, and cannot name an app or an environment: ${NOT_BUILT.map((verb) => `\`${verb}\``).join(', ')}.`,
  ].join('\n')}\n`;
}
