import { loadConfig } from '../config-file.ts';
import type { CliCommand } from './command.ts';

/** Reads the configuration as a start would, without Slack and AWS. */
export const check: CliCommand = {
  name: 'check',
  usage: 'check [file]',
  does: 'Check jack.yml (or another file) and list every problem in it',
  async run([file], env) {
    const name = file ?? env['JACK_CONFIG'] ?? './jack.yml';
    const { apps } = await loadConfig(name);
    process.stdout.write(`${name} is in order: ${apps.map((app) => app.name).join(', ')}\n`);
    return 0;
  },
};
