import { SeedError } from './aws/seed-file.ts';
import { TakenPort } from './control/listen.ts';
import { readOptions, UsageError } from './main-options.ts';
import { defaultSeed } from './slack/workspace/seed.ts';
import { startSandbox, type RunningSandbox } from './start.ts';

/** Prints one line of JSON when all is ready; everything else goes to stderr. Exit code 0 after SIGTERM, 1 when it cannot start. */
async function main(): Promise<void> {
  const sandbox = await startSandbox(readOptions(process.argv.slice(2)));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(sandbox));
  process.stdout.write(`${JSON.stringify(addresses(sandbox))}\n`);
}

/** What a bot needs to know to talk to this sandbox. */
function addresses(sandbox: RunningSandbox): object {
  const { seed } = sandbox.account();
  const { app } = defaultSeed;
  return {
    slackApiUrl: sandbox.slackApiUrl,
    awsEndpointUrl: sandbox.awsUrl,
    pageUrl: sandbox.pageUrl,
    controlUrl: sandbox.controlUrl,
    env: {
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_SIGNING_SECRET: app.signingSecret,
      SLACK_API_URL: sandbox.slackApiUrl,
      AWS_ENDPOINT_URL: sandbox.awsUrl,
      AWS_REGION: seed.region,
      AWS_ACCESS_KEY_ID: seed.keys[0]?.accessKeyId,
      AWS_SECRET_ACCESS_KEY: seed.keys[0]?.secretAccessKey,
    },
  };
}

async function stop(sandbox: RunningSandbox): Promise<void> {
  try {
    await sandbox.stop();
    process.exit(0);
  } catch (problem) {
    console.error(problem);
    process.exit(1);
  }
}

main().catch((problem: unknown) => {
  const known = problem instanceof TakenPort || problem instanceof UsageError || problem instanceof SeedError;
  console.error(known ? problem.message : problem);
  process.exit(1);
});
