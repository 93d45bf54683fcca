import { Fault } from '../../domain/faults.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Said, World } from '../../ports.ts';

/**
 * thread: a message that everybody sees. direct: a message that Jack sent to one person. ephemeral: an answer to one
 * person, in a channel or in their direct messages. home: their home tab.
 */
export type ClickPlace = 'thread' | 'direct' | 'ephemeral' | 'home';

/** What is known of the button that was clicked. */
export interface ClickedButton {
  readonly where: readonly ClickPlace[];
  readonly ownerOf?: (value: string, world: World) => Promise<string | undefined>;
  readonly alsoIn?: (owner: string, value: string, world: World) => Promise<boolean>;
}

/** Slack's ids of direct messages. */
const DIRECT = /^D/;

/**
 * Whether the button was clicked where Jack had put it, for what Jack had put it there for; else the refusal. A message
 * that others see must be Jack's own and belong to what the value names. What one person alone sees is bound to them by
 * Slack, and its value by the note behind it (questions.ts). Who may do it is asked again by the operation.
 * Throws a fault while the owner's message is being posted, and nobody knows yet where it stands.
 */
export async function believeClick(button: ClickedButton, said: Said, world: World): Promise<Refusal | undefined> {
  const place = await placeOf(said, world);
  if (!place || !button.where.includes(place.kind)) return waitForPost(button, said, { place, world });
  if (place.owner === undefined) return undefined;
  const value = valueOf(said);
  if ((await ownerOf(button, value, world)) === place.owner) return undefined;
  return (await button.alsoIn?.(place.owner, value, world)) === true ? undefined : { kind: 'foreign-click' };
}

interface Place {
  readonly kind: ClickPlace;
  /** Of a recorded message: whose it is. */
  readonly owner?: string;
}

async function placeOf({ what, channel, user }: Said, world: World): Promise<Place | undefined> {
  if (what.kind !== 'button') return undefined;
  if (what.ephemeral) return { kind: 'ephemeral' };
  if (what.messageTs === undefined) return channel === user ? { kind: 'home' } : undefined;
  const message = await world.store.messageAt(channel, what.messageTs);
  if (message) return { kind: DIRECT.test(channel) ? 'direct' : 'thread', owner: message.owner };
  // An answer in direct messages is a plain message there, and none that is recorded.
  return DIRECT.test(channel) ? { kind: 'ephemeral' } : undefined;
}

/** The release of that id or of that approval; else the value itself. */
async function ownerOf(button: ClickedButton, value: string, world: World): Promise<string | undefined> {
  if (button.ownerOf) return button.ownerOf(value, world);
  return (await world.store.releaseByApproval(value))?.id ?? value;
}

/** Between posting and noting where it stands there is a moment in which people can click already; it may have ended since the first look. */
async function waitForPost(button: ClickedButton, said: Said, { place, world }: { readonly place: Place | undefined; readonly world: World }): Promise<Refusal> {
  const owner = await ownerOf(button, valueOf(said), world);
  const posted = owner === undefined ? [] : await world.store.messages(owner);
  const isRecordedNow = place === undefined && (await placeOf(said, world)) !== undefined;
  if (isRecordedNow || posted.some(({ state }) => state === 'posting')) throw new Fault('The message with that button is not recorded yet.', { retryable: true });
  return { kind: 'foreign-click' };
}

function valueOf({ what }: Said): string {
  return what.kind === 'button' ? what.value : '';
}
