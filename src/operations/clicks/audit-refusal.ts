import { placeNamed } from '../../domain/app.ts';
import type { AuditFact } from '../../domain/audit.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Said, World } from '../../ports.ts';
import { askedBy } from '../questions.ts';
import { textIn } from './form-metadata.ts';

/** What was typed is audited where the rules kept somebody off; that nobody understood it is no decision. */
const AUDITED: ReadonlySet<Refusal['kind']> = new Set<Refusal['kind']>([
  'wrong-role', 'own-release', 'not-approver', 'no-policy', 'gate-closed', 'already-locked', 'not-yours', 'not-owner', 'foreign-click', 'approval-changed',
]);

/** Names and values come from outside, and may be of any length. */
const NAME_MAX = 80;
const DETAIL_MAX = 300;

/** The line of the audit for what was refused: every click and form, and commands that a rule kept off. */
export async function refusedFact(said: Said, verb: string, refusal: Refusal, world: World): Promise<AuditFact | undefined> {
  const { what } = said;
  if (what.kind !== 'button' && what.kind !== 'form' && !AUDITED.has(refusal.kind)) return undefined;
  const fact = await factOf(said, verb, world);
  return { ...fact, on: { ...fact.on, ...namedIn(refusal) }, rule: `refused:${refusal.kind}` };
}

/** The line for what Jack gave up, because what it had to look up could not be: nobody was let. `fault`: its id in the log. */
export async function givenUpFact(said: Said, verb: string, fault: string, world: World): Promise<AuditFact> {
  const { detail, ...fact } = await factOf(said, verb, world);
  return { ...fact, rule: 'refused:gave-up', detail: [`fault ${fault}`, detail].filter(Boolean).join(': ') };
}

async function factOf(said: Said, verb: string, world: World): Promise<AuditFact> {
  const { what } = said;
  return {
    at: world.clock.now(),
    who: said.user,
    what: nameOf(said, verb),
    on: await whatIsBehind(said, world),
    outcome: 'refused',
    ...(what.kind === 'button' && { detail: `value ${what.value}`.slice(0, DETAIL_MAX) }),
  };
}

function nameOf({ what }: Said, verb: string): AuditFact['what'] {
  if (what.kind === 'button') return `click.${what.button.slice(0, NAME_MAX)}`;
  return what.kind === 'form' ? `form.${what.form.slice(0, NAME_MAX)}` : `command.${verb.slice(0, NAME_MAX)}`;
}

/** What a form's metadata may name, the first that is found counts. */
const NAMING = ['approval', 'release', 'asked'] as const;

/** What the value of a button, or the metadata of a form, names: it is looked up, and what is not found is not told. */
async function whatIsBehind({ what, user }: Said, world: World): Promise<AuditFact['on']> {
  if (what.kind === 'button') return (await thingBehind(what.value, user, world)) ?? {};
  if (what.kind !== 'form') return {};
  for (const name of NAMING) {
    const id = textIn(what.privateMetadata, name);
    const found = id === undefined ? undefined : await thingBehind(id, user, world);
    if (found) return found;
  }
  return placeOf(what.values['place'] ?? '', world);
}

/** The release of that approval or of that id; else what the question with that id was about. */
async function thingBehind(id: string, user: string, world: World): Promise<AuditFact['on'] | undefined> {
  const asking = await world.store.releaseByApproval(id);
  const release = asking ?? (await world.store.release(id));
  if (release) return { app: release.app, environment: release.environment, release: release.number, ...(asking && { approval: id }) };
  const asked = await askedBy(id, user, world);
  return asked && { app: asked.app, environment: asked.environment };
}

/** The place that was chosen in the form, if there is one of that name. */
function placeOf(place: string, world: World): AuditFact['on'] {
  const [name = '', ...rest] = place.split('/');
  const found = placeNamed(world.apps.all(), name, rest.join('/'));
  return found ? { app: found.app.name, environment: found.environment.name } : {};
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
