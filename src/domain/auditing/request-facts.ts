import type { Principal, Role } from '../app.ts';
import type { AuditFact } from '../audit.ts';
import type { Time } from '../observation.ts';
import type { Release } from '../release.ts';
import { onRelease } from './facts.ts';

/** Contributors and owners may ask, and may cancel. */
export type AskingRole = Exclude<Role, 'viewer'>;

/** Somebody asked for a release, which has no number yet: the store puts it in. */
export function factOfRequest(release: Omit<Release, 'number' | 'version'>, role: AskingRole, at: Time): AuditFact {
  const { app, environment, requesters: [requester] } = release;
  return { at, who: requester?.user ?? 'jack', what: 'release.request', on: { app, environment }, outcome: 'done', rule: `role:${role}`, detail: worded(whatOf(release), requester?.reason) };
}

/** Somebody asked for a release that is on its way already. */
export function factsOfAdoption(before: Release, after: Release, role: AskingRole): readonly AuditFact[] {
  return after.requesters.slice(before.requesters.length).map(({ user, at, reason }) => ({
    at, who: user, what: 'release.adopt', on: onRelease(after), outcome: 'done', rule: `role:${role}`, ...(reason !== undefined && { detail: reason }),
  }));
}

/** Somebody wishes it to stop. */
export function factOfCancel(release: Release, by: Principal, role: AskingRole, at: Time): AuditFact {
  return { at, who: by, what: 'release.cancel', on: onRelease(release), outcome: 'done', rule: `role:${role}` };
}

/** An execution that nobody typed was found, and has a release now. */
export function factOfFound(release: Omit<Release, 'number' | 'version'>, at: Time): AuditFact {
  const { app, environment, origin, route } = release;
  const execution = route.kind === 'pipeline' && route.executionId !== undefined ? `${route.pipeline} execution ${route.executionId}` : undefined;
  return { at, who: origin?.who ?? 'jack', what: 'release.found', on: { app, environment }, outcome: 'done', detail: worded(origin?.kind ?? 'other', execution) };
}

/** It had ended, and AWS runs it again. */
export function factOfRetry(release: Release, at: Time): AuditFact {
  return { at, who: 'jack', what: 'release.found', on: onRelease(release), outcome: 'done', detail: `runs again in AWS: attempt ${release.attempt}` };
}

function whatOf({ purpose, route, revision }: Pick<Release, 'purpose' | 'route' | 'revision'>): string {
  const revisionWords = revision.id ?? revision.label ?? 'the newest revision';
  return route.kind === 'version' ? `${purpose} of version ${route.label}` : `${purpose} of ${revisionWords} through ${route.pipeline}`;
}

function worded(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(': ');
}
