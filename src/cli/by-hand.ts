import { openDirectory } from '../apps-directory.ts';
import { connectAws, type AwsConnection } from '../aws/connect.ts';
import type { ConfiguredApp } from '../config/config.ts';
import { loadConfig } from '../config-file.ts';
import { environmentCalled, type App } from '../domain/app.ts';
import { nearest } from '../domain/nearest.ts';
import { createLog } from '../log.ts';
import { StartProblem } from '../start-problem.ts';
import { presentOf } from './by-hand/present.ts';
import { inTrouble, textOf, textOfFile } from './by-hand/texts.ts';
import type { CliCommand } from './command.ts';

/** Each question to AWS gets no more: somebody waits for the lines. Milliseconds. */
const PATIENCE_MS = 10_000;

/** Prints how to do Jack's work by hand. Reads jack.yml and AWS, changes nothing, and needs neither Slack nor Jack's data. */
export const byHand: CliCommand = {
  name: 'by-hand',
  usage: 'by-hand [app] [environment]',
  does: 'Print what to type into AWS’s command line while Jack is away',
  async run(args, env) {
    process.stdout.write(`${await byHandText(args, env)}\n`);
    return 0;
  },
};

/** All of it, one part for each environment. Throws a `StartProblem` for names that are not there, and for a bad jack.yml. */
export async function byHandText(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const config = await loadConfig(env['JACK_CONFIG'] ?? './jack.yml');
  const { apps, environment } = named(config.apps, args);
  const aws = connectAws({ log: createLog('silent') });
  try {
    const texts: string[] = [];
    for (const app of apps) texts.push(...(await textsOf(app, environment, aws)));
    return [inTrouble(), ...texts].join('\n\n');
  } finally {
    aws.close();
  }
}

/** The app may be left out where there is one. Throws a `StartProblem` for a name that is not in the file. */
function named(apps: readonly ConfiguredApp[], args: readonly string[]): { readonly apps: readonly ConfiguredApp[]; readonly environment?: string } {
  const [first, second, ...more] = args;
  if (more.length > 0 || args.some((word) => word.startsWith('-'))) throw new StartProblem([`jack by-hand takes an app and an environment, and no more: jack ${byHand.usage}.`]);
  if (first === undefined) return { apps };
  const app = apps.find((one) => one.name === first.toLowerCase());
  if (app) return { apps: [app], ...(second !== undefined && { environment: second }) };
  if (second === undefined && apps.length === 1) return { apps, environment: first };
  throw unknown('app', first, apps.map((one) => one.name));
}

function unknown(what: string, asked: string, known: readonly string[], more = ''): StartProblem {
  const meant = nearest(asked, known);
  return new StartProblem([`There is no ${what} ${JSON.stringify(asked)}${meant === undefined ? '' : ` (did you mean ${meant}?)`}. There are: ${known.join(', ') || 'none'}.${more}`]);
}

/** One text for each environment that is meant. */
async function textsOf(configured: ConfiguredApp, asked: string | undefined, aws: AwsConnection): Promise<readonly string[]> {
  const found = await appOrProblem(configured, aws);
  if (typeof found === 'string') return environmentsOfFile(configured, asked).map((name) => textOfFile(configured, name, found));
  const environments = asked === undefined ? found.environments : [environmentCalled(found, asked) ?? asked];
  const texts: string[] = [];
  for (const environment of environments) {
    if (typeof environment === 'string') throw unknown(`environment of ${found.name}`, environment, found.environments.map((one) => one.name));
    const present = await presentOf(aws, found, environment, PATIENCE_MS);
    texts.push(textOf(found, environment, present, Date.now()));
  }
  return texts;
}

async function appOrProblem(configured: ConfiguredApp, aws: AwsConnection): Promise<App | string> {
  try {
    const directory = await openDirectory({ configured: [configured], discover: (app, fresh) => aws.discover(app, fresh), log: createLog('silent'), patienceMs: PATIENCE_MS });
    return directory.all()[0] ?? 'it is not there';
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    return error.lines.join(' ');
  }
}

/** Where the file names no environment any name is taken: nobody can check it now. */
function environmentsOfFile(app: ConfiguredApp, asked: string | undefined): readonly (string | undefined)[] {
  const known = app.environments.map((one) => one.name);
  if (asked === undefined) return known.length === 0 ? [undefined] : known;
  const meant = app.environments.find((one) => one.name === asked.toLowerCase() || one.beanstalkEnvironment === asked)?.name;
  if (meant === undefined && known.length > 0) throw unknown(`environment of ${app.name}`, asked, known, ' AWS, which may know more, does not answer.');
  return [meant ?? asked];
}
