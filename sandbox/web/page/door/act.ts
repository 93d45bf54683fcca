import type { Option, OptionGroup } from './block-shapes.ts';
import { DoorError, tellDoor } from './door.ts';

/** A message in a channel, or an open view. */
export type Spot = { readonly channel: string; readonly ts: string } | { readonly view_id: string };

interface Target {
  readonly user: string;
  readonly spot: Spot;
  readonly blockId: string;
  readonly actionId: string;
}

/** Says something in a channel or thread, or runs a command. */
export async function typeText(user: string, channel: string, text: string, thread?: string): Promise<void> {
  await tellDoor('/slack/type', { user, channel, text, ...(thread === undefined ? {} : { thread_ts: thread }) });
}

/** A click on a button, or on an entry of an overflow menu. */
export async function clickElement(target: Target, value?: string): Promise<void> {
  await act('/slack/click', { ...placeOf(target), ...(value === undefined ? {} : { value }) });
}

/** A new value of a select, a choice or a field. */
export async function selectValue(target: Target, value: unknown): Promise<void> {
  await act('/slack/select', { ...placeOf(target), value: value ?? null });
}

export async function askOptions(target: Target, query: string): Promise<readonly (Option | OptionGroup)[]> {
  const answer = await act<{ options?: readonly Option[]; option_groups?: readonly OptionGroup[] }>('/slack/options', { ...placeOf(target), query });
  return answer.option_groups ?? answer.options ?? [];
}

export async function submitView(user: string, viewId: string, values: unknown): Promise<void> {
  await act('/slack/submit', { user, view_id: viewId, values });
}

export async function closeView(user: string, viewId: string): Promise<void> {
  await act('/slack/close', { user, view_id: viewId });
}

export async function openHome(user: string): Promise<void> {
  await tellDoor('/slack/home', { user });
}

export async function markRead(user: string, channel: string, ts: string): Promise<void> {
  await tellDoor('/slack/read', { user, channel, ts });
}

/** Where a block has no id of its own, Slack's is not told to the page: the action's id has to do. */
function placeOf({ user, spot, blockId, actionId }: Target): Readonly<Record<string, unknown>> {
  return { user, ...spot, ...(isMadeUp(blockId) ? {} : { block_id: blockId }), action_id: actionId };
}

/** The page's own name for the block at this place. */
export function nameBlock(block: { readonly block_id?: string }, at: number): string {
  return block.block_id ?? `#${at}`;
}

function isMadeUp(blockId: string): boolean {
  return blockId.startsWith('#');
}

/** Slack waits three seconds for the bot and then tells the person; so does the page. A form with mistakes is no trouble. */
async function act<T = unknown>(path: string, body: unknown): Promise<T> {
  const answer = await tellDoor<{ acked?: boolean; error?: string; message?: string }>(path, body);
  if (answer.acked === false && answer.error !== 'incomplete') throw new DoorError(answer.message ?? `Jack did not answer (${answer.error ?? 'no reason given'}). Is the bot running?`);
  return answer as T;
}
