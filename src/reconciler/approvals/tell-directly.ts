import { Fault } from '../../domain/faults.ts';
import type { Release } from '../../domain/release.ts';
import { directMessages } from '../../views/approvals/direct.ts';
import type { WantedMessage } from '../../views/message.ts';
import type { World } from '../../ports.ts';
import type { Run } from '../reconcile.ts';
import { syncMessages } from '../sync-thread.ts';

/**
 * Keeps the direct messages to approvers who are not in the channel equal to what is recorded, once the thread stands
 * that they lead to. One that Slack does not take keeps nobody else from being told.
 */
export async function tellDirectly(release: Release, { world, log, claim }: Pick<Run, 'world' | 'log' | 'claim'>): Promise<void> {
  if (release.approvals.every((request) => (request.absent ?? []).length === 0)) return;
  const headline = (await world.store.messages(release.id)).find((message) => message.key === 'headline');
  if (headline?.state !== 'posted' || headline.ts === undefined) return;
  const thread = await world.slack.permalink({ channel: headline.channel, ts: headline.ts });
  for (const message of directMessages(release, thread)) {
    try {
      await syncMessages(release.id, [message], world, claim);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      log.warn({ err: fault, release: release.number }, 'an approver could not be told directly');
      if (!fault.retryable) await giveUp(release, message, world);
    }
  }
}

/** Slack does not take it, and never will: a closed account, a person who takes no messages. */
async function giveUp(release: Release, { key }: WantedMessage, { store }: World): Promise<void> {
  const mark = (await store.messages(release.id)).find((message) => message.key === key);
  if (mark) await store.saveMessage({ ...mark, state: 'gone' });
}
