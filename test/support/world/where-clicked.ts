import type { Said, World } from '../../../src/ports.ts';
import type { FakeWorld } from './fake-world.ts';

/** The part of a click that says where it was made, as Slack tells it. */
type Clicked = Pick<Said, 'channel' | 'reply'> & { readonly what: Extract<Said['what'], { kind: 'button' }> };

/**
 * Where a person would click this button: in the newest message that has it, else in the answer to them that had it,
 * else (it has gone meanwhile) in the thread that the value belongs to. A forged one is clicked in no message at all.
 */
export async function whereClicked(world: World, button: string, value: string, user: string, home: string): Promise<Clicked> {
  const { messages, replies } = (world as FakeWorld).slack;
  const click = (channel: string, more: { readonly messageTs?: string; readonly threadTs?: string; readonly ephemeral: boolean }): Clicked => ({ channel, reply: { user, channel }, what: { kind: 'button', button, value, ...more } });
  const owner = (await world.store.releaseByApproval(value))?.id ?? value;
  const standing = messages.findLast(({ message }) => has(message.blocks, button, value)) ?? messages.find(({ identity }) => identity.owner === owner);
  const answered = replies.findLast((reply) => reply.to.user === user && has(reply.blocks, button, value)) ?? replies.findLast((reply) => has(reply.blocks, button, value));
  if (answered) return click(answered.to.channel, { messageTs: '2000.000001', ephemeral: true });
  if (!standing) return click(home, { ephemeral: false });
  const { channel, ts, threadTs } = standing;
  return click(channel, { messageTs: ts, ...(threadTs !== undefined && { threadTs }), ephemeral: false });
}

function has(blocks: unknown, button: string, value: string): boolean {
  const text = JSON.stringify(blocks ?? []);
  return text.includes(`"action_id":${JSON.stringify(button)}`) && text.includes(`"value":${JSON.stringify(value)}`);
}
