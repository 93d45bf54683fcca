import type { App, Role } from '../domain/app.ts';
import type { AskingRole } from '../domain/auditing/request-facts.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { World } from '../ports.ts';

/** The strongest role that the configuration gives the user; who is not listed is a viewer. Groups are looked up again when `fresh`. Throws a fault when a look-up fails: the caller denies. */
export async function roleOf(user: string, app: App, world: World, fresh = false): Promise<Role> {
  const { people } = world.slack;
  const standing = await people.standing(user);
  if (standing !== 'member' && standing !== 'guest') return 'viewer';
  if (await people.isAmong(user, app.people.owners, fresh)) return 'owner';
  return (await people.isAmong(user, app.people.contributors, fresh)) ? 'contributor' : 'viewer';
}

/** Undefined when the user may break the glass, else the refusal: owners only, and no guest among them. */
export async function refuseNoOwner(user: string, app: App, world: World, fresh = false): Promise<Refusal | undefined> {
  const { people } = world.slack;
  const { owners } = app.people;
  if (!(await people.isAmong(user, owners, fresh))) return { kind: 'not-owner', what: 'break the glass', owners };
  const standing = await people.standing(user, fresh);
  return standing === 'member' ? undefined : { kind: 'not-owner', what: 'break the glass', owners: owners.filter((owner) => owner !== user), standing };
}

/** Undefined when the user may deploy, else the refusal. */
export async function refuseViewers(user: string, app: App, world: World): Promise<Refusal | undefined> {
  return (await askingRole(user, app, world)).refusal;
}

/** The role by which the user may deploy, else the refusal. */
export async function askingRole(user: string, app: App, world: World): Promise<{ readonly role: AskingRole; readonly refusal?: undefined } | { readonly refusal: Refusal }> {
  const role = await roleOf(user, app, world, true);
  return role === 'viewer' ? { refusal: { kind: 'wrong-role', role, needs: 'contributor', owners: app.people.owners } } : { role };
}
