import type { Option, OptionGroup } from './block-shapes.ts';
import { tellDoor } from './door.ts';

/** A message in a channel, or an open view. */
export type Spot = { readonly channel: string; readonly ts: string } | { readonly view_id: string };

interface Target {
  readonly user: string;
  readonly spot: Spot;
  readonly blockId: string;
  readonly actionId: string;
}

/** What Slack says after something was typed. */
export interface Typed {
  readonly ts?: string;
  readonly command?: boolean;
  readonly acked?: boolean;
  readonly error?: string;
}

export async function typeText(user: string, channel: string, text: string, thread?: string): Promise<Typed> {
  return tellDoor<Typed>('/slack/type', { user, channel, text, ...(thread === undefined ? {} : { thread_ts: thread }) });
}

/** A click on a button, or on an entry of an overflow menu. */
export async function clickElement({ user, spot, blockId, actionId }: Target, value?: string): Promise<void> {
  await tellDoor('/slack/click', { user, ...spot, block_id: blockId, action_id: actionId, ...(value === undefined ? {} : { value }) });
}

/** A new value of a select, a choice or a field. */
export async function selectValue({ user, spot, blockId, actionId }: Target, value: unknown): Promise<void> {
  await tellDoor('/slack/select', { user, ...spot, block_id: blockId, action_id: actionId, value: value ?? null });
}

export async function askOptions({ user, spot, blockId, actionId }: Target, query: string): Promise<readonly (Option | OptionGroup)[]> {
  const answer = await tellDoor<{ options?: readonly Option[]; option_groups?: readonly OptionGroup[] }>('/slack/options', { user, ...spot, block_id: blockId, action_id: actionId, query });
  return answer.option_groups ?? answer.options ?? [];
}

export async function submitView(user: string, viewId: string, values: unknown): Promise<void> {
  await tellDoor('/slack/submit', { user, view_id: viewId, values });
}

export async function closeView(user: string, viewId: string): Promise<void> {
  await tellDoor('/slack/close', { user, view_id: viewId });
}

export async function openHome(user: string): Promise<void> {
  await tellDoor('/slack/home', { user });
}

export async function markRead(user: string, channel: string, ts: string): Promise<void> {
  await tellDoor('/slack/read', { user, channel, ts });
}
