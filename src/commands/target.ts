import { environmentCalled, type App, type Environment } from '../domain/app.ts';
import { nearest } from '../domain/nearest.ts';
import { no, yes, type Answer, type Refusal } from '../domain/refusal.ts';

/** What the words can mean: all apps, and the ones whose channel the words were typed in. */
export interface Known {
  readonly apps: readonly App[];
  readonly here: readonly App[];
  /** Configured apps that could not be discovered: their words mean nothing else. */
  readonly undiscovered: readonly { readonly app: string; readonly problem: string; /** The words were typed in its channel. */ readonly here: boolean }[];
}

/** `[<app>] [to] <environment>[@<revision>] [reason…]`, resolved against the configuration. */
export interface Target {
  readonly app: App;
  readonly environment: Environment;
  readonly revision?: string;
  readonly reason?: string;
}

/**
 * Reads a target. The first word is an app only if the next one is its environment, so that an environment may have
 * an app's name. The app is left out only in a channel that has apps: nowhere is it guessed.
 */
export function readTarget(words: readonly string[], known: Known): Answer<Target> {
  const named = namedApp(words, known);
  const rest = dropTo(named ? words.slice(1) : words);
  const [first, ...after] = splitRevision(rest);
  const unread = named ? undefined : refuseUndiscovered(first, known);
  if (unread) return no(unread);
  if (first === undefined) return no(missingEnvironment(known.here.length > 0 ? known.here : known.apps));
  const found = findEnvironment(first, named, known, after[0]);
  if (!found.ok) return found;
  if (after[0] === '@') return no({ kind: 'missing-revision', environment: found.value.environment.name });
  const revision = after[0]?.startsWith('@') ? after[0].slice(1) : undefined;
  const reason = reasonOf(revision === undefined ? after : after.slice(1));
  return yes({ ...found.value, ...(revision !== undefined && { revision }), ...(reason !== undefined && { reason }) });
}

function namedApp(words: readonly string[], known: Known): App | undefined {
  const app = appCalled(words[0], known);
  const next = splitRevision(dropTo(words.slice(1)))[0];
  if (!app || next === undefined) return undefined;
  return environmentCalled(app, next) ? app : undefined;
}

function appCalled(word: string | undefined, known: Known): App | undefined {
  return known.apps.find((one) => one.name.toLowerCase() === word?.toLowerCase());
}

function dropTo(words: readonly string[]): readonly string[] {
  return words[0]?.toLowerCase() === 'to' && words.length > 1 ? words.slice(1) : words;
}

/** 'prod@1.42 x' and 'prod @1.42 x' and 'prod @ 1.42 x' all become ['prod', '@1.42', 'x']; '@' alone names nothing. */
function splitRevision(words: readonly string[]): readonly string[] {
  const [first, second, third, ...rest] = words;
  if (first === undefined) return [];
  const at = first.indexOf('@');
  if (at > 0 && at === first.length - 1 && second !== undefined) return [first.slice(0, at), `@${second}`, ...words.slice(2)];
  if (at > 0) return [first.slice(0, at), first.slice(at), ...words.slice(1)];
  if (second === '@' && third !== undefined) return [first, `@${third}`, ...rest];
  return words;
}

/** An app that could not be discovered is meant by its name, and in its channel by every word that names no other app. */
function refuseUndiscovered(word: string | undefined, known: Known): Refusal | undefined {
  const elsewhere = known.here.every((app) => environmentCalled(app, word ?? '') === undefined);
  const meant = known.undiscovered.find(({ app, here }) => here || (elsewhere && app.toLowerCase() === word?.toLowerCase()));
  return meant && { kind: 'undiscovered-app', app: meant.app, problem: meant.problem };
}

/** The command that reads the target sets the usage. */
function missingEnvironment(apps: readonly App[]): Refusal {
  return { kind: 'missing-environment', usage: '', apps: apps.map((app) => ({ app: app.name, environments: namesIn(app) })) };
}

function namesIn(app: App): readonly string[] {
  return app.environments.map((environment) => environment.name);
}

function findEnvironment(word: string, named: App | undefined, known: Known, next: string | undefined): Answer<{ app: App; environment: Environment }> {
  const at = (app: App) => {
    const environment = environmentCalled(app, word);
    return environment ? [{ app, environment }] : [];
  };
  const places = (named ? [named] : known.here).flatMap(at);
  const [only, another] = places;
  if (only && !another) return yes(only);
  const others = only ? places : known.here.length > 0 ? [] : known.apps.flatMap(at);
  if (others.length > 0) return no({ kind: 'no-app-here', known: others.map(({ app }) => app.name) });
  return no(refuseUnknown(word, known, next));
}

/** An app's name wants an environment behind it; an environment behind an unknown word makes that word an app that there is not. */
function refuseUnknown(word: string, known: Known, next: string | undefined): Refusal {
  const app = appCalled(word, known);
  if (app) return next === undefined || next.startsWith('@') ? missingEnvironment([app]) : unknownEnvironment(app, next);
  const meansApp = next !== undefined && known.apps.some((one) => environmentCalled(one, splitRevision([next])[0] ?? ''));
  const [here, another] = known.here;
  if (here && !another && !meansApp) return unknownEnvironment(here, word);
  const names = known.apps.map((one) => one.name);
  const near = nearest(word, names);
  return { kind: 'unknown-app', asked: word, known: names, ...(near !== undefined && { nearest: near }) };
}

function unknownEnvironment(app: App, asked: string): Refusal {
  const near = nearest(asked, namesIn(app));
  return { kind: 'unknown-environment', app: app.name, asked, known: namesIn(app), ...(near !== undefined && { nearest: near }) };
}

function reasonOf(words: readonly string[]): string | undefined {
  const text = words.join(' ').replaceAll(/^["']|["']$/g, '').trim();
  return text === '' ? undefined : text;
}
