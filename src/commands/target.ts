import { environmentOf, type App, type Environment } from '../domain/app.ts';
import { nearest } from '../domain/nearest.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';

/** What the words can mean: all apps, and the ones whose channel the words were typed in. */
export interface Known {
  readonly apps: readonly App[];
  readonly here: readonly App[];
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
 * an app's name; where the app is left out, the channel's apps are looked at first.
 */
export function readTarget(words: readonly string[], known: Known): Answer<Target> {
  const named = namedApp(words, known);
  const rest = dropTo(named ? words.slice(1) : words);
  const [first, ...after] = splitRevision(rest);
  if (first === undefined) return no({ kind: 'not-understood', words: words.join(' '), usages: [] });
  const found = findEnvironment(first, named, known, after[0]);
  if (!found.ok) return found;
  const revision = after[0]?.startsWith('@') ? after[0].slice(1) : undefined;
  const reason = reasonOf(revision === undefined ? after : after.slice(1));
  return yes({ ...found.value, ...(revision !== undefined && revision !== '' && { revision }), ...(reason !== undefined && { reason }) });
}

function namedApp(words: readonly string[], known: Known): App | undefined {
  const app = known.apps.find((one) => one.name.toLowerCase() === words[0]?.toLowerCase());
  const next = splitRevision(dropTo(words.slice(1)))[0];
  if (!app || next === undefined) return undefined;
  return environmentNamed(app, next) ? app : undefined;
}

function dropTo(words: readonly string[]): readonly string[] {
  return words[0]?.toLowerCase() === 'to' && words.length > 1 ? words.slice(1) : words;
}

/** 'prod@1.42 x' and 'prod @1.42 x' and 'prod @ 1.42 x' all become ['prod', '@1.42', 'x']. */
function splitRevision(words: readonly string[]): readonly string[] {
  const [first, second, third, ...rest] = words;
  if (first === undefined) return [];
  const at = first.indexOf('@');
  if (at > 0 && at === first.length - 1 && second !== undefined) return [first.slice(0, at), `@${second}`, ...words.slice(2)];
  if (at > 0) return [first.slice(0, at), first.slice(at), ...words.slice(1)];
  if (second === '@' && third !== undefined) return [first, `@${third}`, ...rest];
  return words;
}

function environmentNamed(app: App, word: string): Environment | undefined {
  return environmentOf(app, word) ?? app.environments.find((environment) => environment.name.toLowerCase() === word.toLowerCase() || environment.beanstalkEnvironment === word);
}

function findEnvironment(word: string, named: App | undefined, known: Known, next: string | undefined): Answer<{ app: App; environment: Environment }> {
  const places = (named ? [named] : known.here.length > 0 ? known.here : known.apps).flatMap((app) => {
    const environment = environmentNamed(app, word);
    return environment ? [{ app, environment }] : [];
  });
  const [only, another] = places;
  if (only && !another) return yes(only);
  if (only && another) return no({ kind: 'no-app-here', known: places.map(({ app }) => app.name) });
  return refuseUnknown(word, named, known, next);
}

/** An environment behind the unknown word makes that word an app that there is not. */
function refuseUnknown(word: string, named: App | undefined, known: Known, next: string | undefined) {
  const meansApp = !named && next !== undefined && known.apps.some((one) => environmentNamed(one, splitRevision([next])[0] ?? ''));
  const app = meansApp ? undefined : (named ?? (known.here.length === 1 ? known.here[0] : undefined) ?? known.apps.find((one) => one.name === word));
  if (!app) {
    const names = known.apps.map((one) => one.name);
    const near = nearest(word, names);
    return no({ kind: 'unknown-app', asked: word, known: names, ...(near !== undefined && { nearest: near }) });
  }
  const names = app.environments.map((environment) => environment.name);
  const near = nearest(word, names);
  return no({ kind: 'unknown-environment', app: app.name, asked: word, known: names, ...(near !== undefined && { nearest: near }) });
}

function reasonOf(words: readonly string[]): string | undefined {
  const text = words.join(' ').replaceAll(/^["']|["']$/g, '').trim();
  return text === '' ? undefined : text;
}
