import type { JsonObject } from '../json.ts';
import type { Account, MishapKind } from '../aws/account.ts';
import type { Assumptions } from '../aws/assumptions.ts';
import { mishaps } from '../aws/mishaps/index.ts';
import type { Seed } from '../aws/seed.ts';
import { needText, optionalNumber, optionalObject } from './arguments.ts';
import { ControlError, type ControlRoute } from './route.ts';

/** What the general routes work on. */
export interface Resettable {
  account(): Account;
  seed(): Seed;
  /** A new account and workspace; servers and ports stay. `seed` is a seed file's content. */
  reset(seed: JsonObject | undefined, speed: number | undefined): void;
}

/** Reset, speed, mishaps, assumptions. */
export function sandboxRoutes(sandbox: Resettable): readonly ControlRoute[] {
  return [
    { method: 'POST', path: '/reset', summary: '`{seed?, speed?}`: a new account and workspace; nothing is held or fails any more', run: (args) => reset(sandbox, args) },
    { method: 'GET', path: '/speed', summary: 'how many times faster than AWS things take here', run: () => ({ speed: sandbox.account().clock.speed }) },
    { method: 'POST', path: '/speed', summary: '`{speed}`: for what starts from now on', run: (args) => setSpeed(sandbox, optionalNumber(args, 'speed')) },
    { method: 'GET', path: '/mishaps', summary: 'what can be made to go wrong, where, and what is armed', run: () => listMishaps(sandbox) },
    { method: 'POST', path: '/mishaps', summary: '`{id, place, times?}`: arm a mishap for a project or an environment', run: (args) => arm(sandbox, args) },
    { method: 'POST', path: '/mishaps/disarm', summary: '`{id, place}`', run: (args) => disarm(sandbox, args) },
    { method: 'GET', path: '/assumptions', summary: 'what AWS is assumed to do where no source tells', run: () => ({ ...sandbox.account().assumptions }) },
    { method: 'POST', path: '/assumptions', summary: 'switch any of them', run: (args) => assume(sandbox.account().assumptions, args) },
  ];
}

function reset(sandbox: Resettable, args: JsonObject): JsonObject {
  const speed = optionalNumber(args, 'speed');
  checkSpeed(speed);
  sandbox.reset(optionalObject(args, 'seed'), speed);
  return { speed: sandbox.account().clock.speed };
}

function setSpeed(sandbox: Resettable, speed: number | undefined): JsonObject {
  if (speed === undefined) throw new ControlError('"speed" is missing');
  checkSpeed(speed);
  sandbox.account().clock.setSpeed(speed);
  sandbox.account().changed({ area: 'control' });
  return { speed };
}

function checkSpeed(speed: number | undefined): void {
  if (speed !== undefined && !(speed > 0)) throw new ControlError('"speed" must be above 0');
}

function listMishaps(sandbox: Resettable): JsonObject {
  return {
    known: mishaps.map(({ id, kind, title }) => ({ id, kind, title, places: placesOf(sandbox.seed(), kind) })),
    armed: sandbox.account().mishaps.list().map(({ id, place, times }) => ({ id, place, ...(times === undefined ? {} : { times }) })),
  };
}

function placesOf(seed: Seed, kind: MishapKind): readonly string[] {
  if (kind === 'build') return seed.projects.map(({ name }) => name);
  return seed.applications.flatMap(({ environments }) => environments.map(({ name }) => name));
}

function arm(sandbox: Resettable, args: JsonObject): JsonObject {
  const [id, place, times] = [needText(args, 'id'), needText(args, 'place'), optionalNumber(args, 'times')];
  const account = sandbox.account();
  const kind = mishaps.find((mishap) => mishap.id === id)?.kind;
  const places = kind ? placesOf(sandbox.seed(), kind) : [place];
  if (!places.includes(place)) throw new ControlError(`${id} strikes at ${places.join(', ')}, not at ${place}`);
  account.mishaps.arm({ id, place, ...(times === undefined ? {} : { times }) });
  account.changed({ area: 'control' });
  return listMishaps(sandbox);
}

function disarm(sandbox: Resettable, args: JsonObject): JsonObject {
  sandbox.account().mishaps.disarm(needText(args, 'id'), needText(args, 'place'));
  sandbox.account().changed({ area: 'control' });
  return listMishaps(sandbox);
}

function assume(assumptions: Assumptions, args: JsonObject): JsonObject {
  const known = new Map<string, unknown>(Object.entries(assumptions));
  for (const [name, value] of Object.entries(args)) {
    if (!known.has(name) || typeof value !== typeof known.get(name)) throw new ControlError(`"${name}" is no assumption, or its value is of the wrong kind. Known: ${[...known.keys()].join(', ')}`);
  }
  return { ...Object.assign(assumptions, args) };
}
