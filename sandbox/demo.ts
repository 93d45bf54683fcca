import { DemoProblem, readDemoOptions } from './demo/options.ts';
import { startDemo } from './demo/start.ts';

/** `npm run demo`: a Slack workspace and an AWS account on this machine, and the real bot between them. */
async function main(): Promise<void> {
  const options = readDemoOptions(process.argv.slice(2));
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  console.log('Starting a Slack workspace, an AWS account and Jack on this machine…');
  const demo = await startDemo(options);
  console.log(welcome(demo.addresses.pageUrl, options.bot));
  void demo.broken.then((sentence) => console.error(`\n${sentence}`));
  await asked;
  console.log('\nStopping…');
  await demo.stop();
}

function welcome(url: string, bot: boolean): string {
  return `
  Open  ${url}

  Try   1. Type  /deploy prod  in #shop, become Grace (top left) and press Approve. Watch the thread and the instances.
        2. In the AWS pane: Break something, "Tests fail", then Push a commit. The thread says why.
        3. Break something, "A platform hook fails" on production, deploy again, and type  /rollback prod.
${bot ? '' : '\n  No bot runs (--no-bot): commands will not be answered until you start one.\n'}
  Ctrl-C stops everything. Nothing here is real, and nothing is kept.
`;
}

main().then(
  () => process.exit(0),
  (problem: unknown) => {
    console.error(problem instanceof DemoProblem ? problem.message : problem);
    process.exit(1);
  },
);
