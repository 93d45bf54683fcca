import { ListPipelinesCommand } from '@aws-sdk/client-codepipeline';
import { DescribeApplicationsCommand } from '@aws-sdk/client-elastic-beanstalk';
import type { App, Pipeline } from '../domain/app.ts';
import { nearest } from '../domain/nearest.ts';
import { listEnvironments } from './beanstalk/environments.ts';
import { isDenied, unless } from './faults.ts';
import { given } from './given.ts';
import type { Definition, Definitions } from './pipelines/definitions.ts';
import { pages } from './reads.ts';
import type { Read } from './reads.ts';

/** What the configuration says of an app before AWS is asked. */
export type Configured = Pick<App, 'region' | 'roleArn' | 'application'>;

/** What AWS knows of an app. */
export interface Discovered {
  /** Those whose deploy action targets the Beanstalk application, in the order of their names. */
  readonly pipelines: readonly Pipeline[];
  readonly environments: readonly { readonly beanstalkEnvironment: string; readonly id: string }[];
  /** What is wrong and what to do about it: the app cannot be used so. */
  readonly problem?: string;
}

/** 1000 pipelines per region are AWS's most. */
const MOST_PAGES = 10;
const AT_ONCE = 4;

/** Asks AWS for the app's pipelines and environments. Throws a fault where AWS does not answer or denies it. */
export async function discover(read: Read, definitions: Definitions, configured: Configured, fresh: boolean): Promise<Discovered> {
  const environments = (await listEnvironments(read, configured)).map((environment) => ({
    beanstalkEnvironment: environment.EnvironmentName ?? '',
    id: environment.EnvironmentId ?? '',
  }));
  if (environments.length === 0) return { pipelines: [], environments, problem: await noEnvironments(read, configured) };
  const looked = await inTurns(await pipelineNames(read, configured), AT_ONCE, (name) => look(definitions, configured, name, fresh));
  const pipelines = looked
    .flatMap((one) => one.definition ?? [])
    .filter((definition) => definition.applications.includes(configured.application))
    .map(({ pipeline }) => pipeline)
    .sort((a, b) => a.name.localeCompare(b.name));
  const closed = looked.filter((one) => one.denied).map((one) => one.name);
  if (pipelines.length > 0 || closed.length === 0) return { pipelines, environments };
  return { pipelines, environments, problem: `No pipeline that Jack may read deploys to ${configured.application}. Allow codepipeline:GetPipeline on its pipeline; closed to Jack: ${closed.join(', ')}.` };
}

interface Looked {
  readonly name: string;
  readonly definition?: Definition;
  /** A least-privilege policy names only the app's own pipelines: the others are none of Jack's business. */
  readonly denied: boolean;
}

/** A pipeline that was deleted since the list was read has no definition. */
async function look(definitions: Definitions, configured: Configured, name: string, fresh: boolean): Promise<Looked> {
  try {
    const definition = await unless(definitions.of(configured, name, fresh), 'PipelineNotFoundException');
    return { name, denied: false, ...given({ definition }) };
  } catch (error) {
    if (isDenied(error)) return { name, denied: true };
    throw error;
  }
}

async function pipelineNames(read: Read, configured: Configured): Promise<readonly string[]> {
  const found = await pages(MOST_PAGES, async (nextToken) => {
    const answer = await read(configured, 'codepipeline:ListPipelines', nextToken ? { nextToken } : {}, ({ codepipeline }, input) => codepipeline.send(new ListPipelinesCommand(input)));
    return { page: (answer.pipelines ?? []).flatMap((pipeline) => pipeline.name ?? []), next: answer.nextToken };
  });
  return found.flat();
}

/** Tells a missing application, with the nearest name, from an empty one. */
async function noEnvironments(read: Read, configured: Configured): Promise<string> {
  const { application, region } = configured;
  const empty = `Beanstalk application ${application} has no environment in ${region}. Create one, or correct \`region\`.`;
  try {
    const answer = await read(configured, 'elasticbeanstalk:DescribeApplications', {}, ({ elasticbeanstalk }, input) => elasticbeanstalk.send(new DescribeApplicationsCommand(input)));
    const names = (answer.Applications ?? []).flatMap((candidate) => candidate.ApplicationName ?? []);
    if (names.includes(application)) return empty;
    const near = nearest(application, names);
    const hint = near === undefined ? (names.length === 0 ? 'There is none in this region: check `region` and `role`.' : `There are: ${names.join(', ')}.`) : `Did you mean ${near}?`;
    return `There is no Beanstalk application ${application} in ${region}. ${hint}`;
  } catch (error) {
    if (isDenied(error)) return `${empty} (Jack may not list applications, so it cannot tell whether the name is right: allow elasticbeanstalk:DescribeApplications.)`;
    throw error;
  }
}

async function inTurns<Answer>(names: readonly string[], width: number, ask: (name: string) => Promise<Answer>): Promise<readonly Answer[]> {
  const found: Answer[] = [];
  for (let at = 0; at < names.length; at += width) {
    found.push(...(await Promise.all(names.slice(at, at + width).map(ask))));
  }
  return found;
}
