import type { AuditFact } from '../../domain/audit.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Said, World } from '../../ports.ts';

/** What was typed is audited where the rules kept somebody off; that nobody understood it is no decision. */
const AUDITED: ReadonlySet<Refusal['kind']> = new Set<Refusal['kind']>([
  'wrong-role', 'nobody-looked-up', 'own-release', 'not-approver', 'no-policy', 'gate-closed', 'already-locked', 'not-yours', 'not-owner', 'foreign-click', 'approval-changed',
]);

/** Names and values come from outside, and may be of any length. */
const NAME_MAX = 80;
const DETAIL_MAX = 300;

/** The line of the audit for what was refused: every click and form, and commands that a rule kept off. */
export async function refusedFact(said: Said, verb: string, refusal: Refusal, world: World): Promise<AuditFact | undefined> {
  const { what } = said;
  if (what.kind !== 'button' && what.kind !== 'form' && !AUDITED.has(refusal.kind)) return undefined;
  const detail = what.kind === 'button' ? `value ${what.value}` : undefined;
  return {
    at: world.clock.now(),
    who: said.user,
    what: nameOf(said, verb),
    on: { ...(await releaseBehind(said, world)), ...namedIn(refusal) },
    outcome: 'refused',
    rule: `refused:${refusal.kind}`,
    ...(detail !== undefined && { detail: detail.slice(0, DETAIL_MAX) }),
  };
}

function nameOf({ what }: Said, verb: string): AuditFact['what'] {
  if (what.kind === 'button') return `click.${what.button.slice(0, NAME_MAX)}`;
  return what.kind === 'form' ? `form.${what.form.slice(0, NAME_MAX)}` : `command.${verb.slice(0, NAME_MAX)}`;
}

/** The release that the value of a button points to, if it points to one. */
async function releaseBehind({ what }: Said, world: World): Promise<AuditFact['on']> {
  if (what.kind !== 'button') return {};
  const asked = await world.store.releaseByApproval(what.value);
  const release = asked ?? (await world.store.release(what.value));
  return release ? { app: release.app, environment: release.environment, release: release.number, ...(asked && { approval: what.value }) } : {};
}

/** What the refusal itself names. */
function namedIn(refusal: Refusal): AuditFact['on'] {
  return {
    ...('app' in refusal && typeof refusal.app === 'string' && { app: refusal.app }),
    ...('environment' in refusal && typeof refusal.environment === 'string' && { environment: refusal.environment }),
    ...('number' in refusal && { release: refusal.number }),
    ...('lock' in refusal && { barrier: refusal.lock.id }),
  };
}
