import { until } from '../door.ts';
import { placeOf, type Place } from './forger.ts';
import { findButton, type Seen } from '../messages.ts';
import type { Stage } from '../stage.ts';

export const CHANNELS = { shop: 'C0SHOP0001', api: 'C0API00001', general: 'C0GENERAL1' } as const;

/** A release's thread, with the ids behind its buttons. */
export interface ForgedRelease {
  readonly id: string;
  readonly headline: Place;
  readonly approval: string;
  readonly card: Place;
}

/** What stands in Slack while people try what they may not. */
export interface Scene {
  /** It waits for its approval. Olive asked for it. */
  readonly waiting: ForgedRelease;
  /** Ada asked for it, and cancelled it. */
  readonly ended: ForgedRelease;
  /** Another app's, in another channel; it waits too. */
  readonly other: ForgedRelease;
  /** Grace's lock of shop's dev, and Ada's lock of api's staging. */
  readonly lock: { readonly id: string; readonly headline: Place };
  readonly otherLock: { readonly id: string; readonly headline: Place };
  /** The plan of a rollback that only Linus sees. */
  readonly question: string;
  /** Forms that are open on the screens of Grace and of Olive. */
  readonly rejectForm: { readonly private_metadata: string };
  readonly glassForm: { readonly private_metadata: string };
}

export async function setScene(stage: Stage): Promise<Scene> {
  const [ada, grace, linus, olive] = ['ada', 'grace', 'linus', 'olive'].map((name) => stage.person(name));
  if (!ada || !grace || !linus || !olive) throw new Error('somebody is missing');
  await ada.types('shop', '/deploy prod');
  const ended = await releaseIn(stage, 'shop', new Set());
  await ada.clicks('shop', 'Cancel');
  await stage.headline('shop', /\*  cancelled/);
  await olive.types('shop', '/deploy prod again');
  const waiting = await releaseIn(stage, 'shop', new Set([ended.id]));
  await ada.types('api', '/deploy prod');
  const other = await releaseIn(stage, 'api', new Set());
  await grace.types('shop', '/deploy lock dev migration for 2h');
  const lock = await lockIn(stage, 'shop');
  await ada.types('api', '/deploy lock staging load test for 2h');
  const otherLock = await lockIn(stage, 'api');
  await linus.types('shop', '/rollback prod it is slow');
  const question = await until('the plan', async () => findButton((await linus.sees('shop')).filter((message) => message.ephemeral === true), 'Roll back')?.element.value);
  await grace.clicks('shop', 'Reject');
  const rejectForm = (await grace.form('reject')) as unknown as Scene['rejectForm'];
  await olive.clicks('shop', 'Break glass');
  const glassForm = (await olive.form('glass')) as unknown as Scene['glassForm'];
  await stage.settle('shop');
  await stage.settle('api');
  return { waiting, ended, other, lock, otherLock, question, rejectForm, glassForm };
}

/** The newest release there with a card that asks, apart from those that are known. */
async function releaseIn(stage: Stage, channel: keyof typeof CHANNELS, known: ReadonlySet<string>): Promise<ForgedRelease> {
  const place = CHANNELS[channel];
  return until(`a release that asks in #${channel}`, async () => {
    const seen = await stage.person('olive').sees(channel);
    const button = findButton(seen, 'Approve');
    const id = button && fieldOf(button.message, 'owner');
    const headline = seen.find((message) => fieldOf(message, 'owner') === id && fieldOf(message, 'key') === 'headline');
    if (!button || id === undefined || known.has(id) || !headline) return undefined;
    return { id, headline: placeOf(place, headline), approval: button.element.value ?? '', card: placeOf(place, button.message) };
  }, 40_000);
}

async function lockIn(stage: Stage, channel: keyof typeof CHANNELS): Promise<Scene['lock']> {
  return until(`a lock in #${channel}`, async () => {
    const found = findButton(await stage.person('olive').sees(channel), 'Unlock');
    return found && { id: fieldOf(found.message, 'owner') ?? '', headline: placeOf(CHANNELS[channel], found.message) };
  });
}

function fieldOf(message: Seen, field: 'owner' | 'key'): string | undefined {
  const value = message.metadata?.event_payload?.[field];
  return typeof value === 'string' ? value : undefined;
}
