import packageJson from '../../package.json' with { type: 'json' };
import type { CliCommand } from './command.ts';

export const version: CliCommand = {
  name: 'version',
  flags: ['--version', '-v'],
  usage: 'version',
  does: 'Print the version',
  async run() {
    process.stdout.write(`jack ${packageJson.version} on Node ${process.versions.node}\n`);
    return 0;
  },
};
