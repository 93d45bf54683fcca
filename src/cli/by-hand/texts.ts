import { consoleHost, linkTo } from '../../aws/links.ts';
import type { ConfiguredApp } from '../../config/config.ts';
import type { App, Environment } from '../../domain/app.ts';
import { placeOfFile } from './places.ts';
import type { Present } from './present.ts';
import { recipeText } from './print.ts';
import { IN_TROUBLE, recipesFor } from './recipes/index.ts';
import { utc } from './told.ts';

/** The order of things, once for all environments. */
export function inTrouble(): string {
  return ['IN TROUBLE, IN THIS ORDER', ...IN_TROUBLE.map((line, at) => `  ${at + 1}. ${line}`), '  The page in the docs says more: docs/operating/without-jack.md.'].join('\n');
}

/** An environment whose app AWS has told. */
export function textOf(app: App, environment: Environment, { place, told, missing }: Present, now: number): string {
  const pipelines = app.pipelines.filter((pipeline) => place.ways.some((way) => way.pipeline.text === pipeline.name));
  return [
    heading(`${app.name} → ${environment.name} (Beanstalk ${environment.beanstalkEnvironment}, ${app.region})`),
    ...roleLine(app.roleArn),
    `Looked up at ${utc(now)}. Look again before you change anything.`,
    ...told.map((line) => `- ${line}`),
    ...missing.map((line) => `- Could not be looked up: ${line}`),
    ...(place.ways.length === 0 ? ['- No pipeline deploys here.'] : []),
    ...pipelines.map((pipeline) => linkTo(app, { kind: 'pipeline', pipeline: pipeline.name })),
    environmentsLink(app.region),
    ...recipesFor(place).map((recipe) => `\n${recipeText(recipe)}`),
  ].join('\n');
}

/** An environment of which only jack.yml is known, and why. Without a name: any of the app. */
export function textOfFile(app: ConfiguredApp, name: string | undefined, problem: string): string {
  const place = placeOfFile(app, name);
  return [
    heading(`${app.name} → ${name ?? 'an environment'} (${app.region})`),
    ...roleLine(app.roleArn),
    `The app could not be looked up, so this is what jack.yml alone tells. ${problem}`,
    `Not known: ${place.unknown.map((one) => one.name).join(', ')}. Set them as BEFORE ANYTHING ELSE says.`,
    environmentsLink(app.region),
    ...recipesFor(place).map((recipe) => `\n${recipeText(recipe)}`),
  ].join('\n');
}

function heading(words: string): string {
  return `${words}\n${'='.repeat(words.length)}`;
}

/** The lines are for people's own identities; the role only tells in which account the app is. */
function roleLine(roleArn: string | undefined): readonly string[] {
  if (roleArn === undefined) return [];
  return [`The app is in account ${roleArn.split(':')[4] ?? ''}: choose a profile of yours there (export AWS_PROFILE=…). Jack itself takes the role ${roleArn}.`];
}

function environmentsLink(region: string): string {
  return `${consoleHost(region)}/elasticbeanstalk/home?region=${encodeURIComponent(region)}#/environments`;
}
