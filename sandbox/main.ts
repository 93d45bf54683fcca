import { TakenPort } from './control/listen.ts';
import { readOptions, UsageError } from './main-options.ts';
import { startSandbox } from './start.ts';

/** Prints one line of JSON when all is ready; everything else goes to stderr. Exit code 0 after SIGTERM, 1 when it cannot start. */
async function main(): Promise<void> {
  const { ports, seed, speed } = readOptions(process.argv.slice(2));
  const sandbox = await startSandbox({ ports, seed, speed });
  const { seed: built } = sandbox.account();
  const key = built.keys[0];
  const env = {
    AWS_ENDPOINT_URL: sandbox.awsUrl,
    AWS_REGION: built.region,
    AWS_ACCESS_KEY_ID: key?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key?.secretAccessKey,
  };
  process.stdout.write(`${JSON.stringify({ awsEndpointUrl: sandbox.awsUrl, controlUrl: sandbox.controlUrl, env })}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      sandbox.stop().then(
        () => process.exit(0),
        (problem: unknown) => {
          console.error(problem);
          process.exit(1);
        },
      );
    });
  }
}

main().catch((problem: unknown) => {
  const known = problem instanceof TakenPort || problem instanceof UsageError;
  console.error(known && problem instanceof Error ? problem.message : problem);
  process.exit(1);
});
