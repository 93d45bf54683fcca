import { deployTo } from '../commands/deploy.ts';
import { knownFrom } from '../commands/command.ts';
import { placeNamed, type App, type Environment } from '../domain/app.ts';
import { offerRevisions, readNewest } from '../operations/offer-revisions.ts';
import { tellWhy } from '../operations/gates/tell-why.ts';
import type { World } from '../ports.ts';
import { DEPLOY_FORM_ERRORS, deployForm, sorryForm, type OfferedPlace } from '../views/forms.ts';
import { refusalReply, refusalText } from '../views/refusal.ts';
import type { Form } from './form.ts';

/** The block of a place's list carries the place in its id. */
const LIST = 'revision:';

/** The form behind bare `/deploy`. Its metadata says from which channel it was opened, which is where the answer goes. */
export const deploy: Form = {
  id: 'deploy',
  check(values) {
    const { place } = values;
    if (place === undefined) return { place: DEPLOY_FORM_ERRORS.noPlace };
    if (values[`${LIST}${place}`] !== undefined) return undefined;
    const other = Object.keys(values).find((block) => block.startsWith(LIST));
    return { place: other === undefined ? DEPLOY_FORM_ERRORS.noList : DEPLOY_FORM_ERRORS.stillOther(other.slice(LIST.length)) };
  },
  async submit({ values, said, world }) {
    const place = findPlace(values['place'] ?? '', world);
    if (!place) return refusalReply({ kind: 'stale-button' });
    const chosen = values[`${LIST}${place.app.name}/${place.environment.name}`];
    if (chosen === undefined) return refusalReply({ kind: 'stale-button' });
    const reason = values['reason'];
    return deployTo({ ...place, ...(readNewest(chosen) ?? { revision: chosen }), ...(reason !== undefined && reason !== '' && { reason }) }, { said, world });
  },
};

function findPlace(value: string, world: World): { readonly app: App; readonly environment: Environment } | undefined {
  const [app, environment] = value.split('/');
  return placeNamed(world.apps.all(), app, environment);
}

function offeredPlaces(apps: readonly App[]): readonly OfferedPlace[] {
  return apps.flatMap((app) => app.environments.map((environment) => ({ app: app.name, environment: environment.name })));
}

/** Opens at once with what is known, then fills itself from AWS. */
export async function openDeployForm(opened: { readonly triggerId: string; readonly channel: string; readonly user: string }, world: World): Promise<void> {
  const known = knownFrom(opened.channel, world);
  const places = offeredPlaces(known.here.length > 0 ? known.here : known.apps);
  const [first] = places;
  const absent = known.undiscovered.find(({ here }) => here || !first);
  if (absent && known.here.length === 0) {
    await world.slack.openForm(opened.triggerId, sorryForm(refusalText({ kind: 'undiscovered-app', ...absent })));
    return;
  }
  if (!first) return;
  const shown = await world.slack.openForm(opened.triggerId, deployForm(places, undefined, first, JSON.stringify({ channel: opened.channel })));
  if (shown) await fill(shown, first, places, opened, world);
}

/** Another place was chosen: what can be deployed there is looked up and the form is drawn again. */
export async function redrawDeployForm(shown: { readonly viewId: string }, chosen: string, opened: { readonly channel: string; readonly user: string }, world: World): Promise<void> {
  const place = findPlace(chosen, world);
  const known = knownFrom(opened.channel, world);
  const places = offeredPlaces(known.here.length > 0 ? known.here : known.apps);
  // Without the hash: what was chosen last wins over a first fill that comes late.
  if (place) await fill({ viewId: shown.viewId, hash: '' }, { app: place.app.name, environment: place.environment.name }, places, opened, world);
}

async function fill(shown: { readonly viewId: string; readonly hash: string }, chosen: OfferedPlace, places: readonly OfferedPlace[], opened: { readonly channel: string; readonly user: string }, world: World): Promise<void> {
  const place = findPlace(`${chosen.app}/${chosen.environment}`, world);
  if (!place) return;
  const offer = await offerRevisions(place.app, place.environment, world);
  const why = await tellWhy(place.app, place.environment, opened.user, world);
  const view = deployForm(places, { chosen, ...offer, gates: why.gates, owners: why.owners, transitions: why.transitions, ...(why.asksNobody !== undefined && { asksNobody: why.asksNobody }) }, chosen, JSON.stringify({ channel: opened.channel }));
  await world.slack.updateForm(shown.viewId, view, shown.hash);
}
