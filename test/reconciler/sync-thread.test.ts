import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/domain/faults.ts';
import { syncMessages } from '../../src/reconciler/sync-thread.ts';
import type { WantedMessage } from '../../src/views/message.ts';
import { aWorld } from '../support/world/fake-world.ts';

function headline(text: string): WantedMessage {
  return { key: 'headline', channel: 'C1', place: 'root', text, blocks: [] };
}

describe('a message of which nobody knows whether it was posted', () => {
  it('is adopted when it stands there, and says what is wanted now whichever try came through', async () => {
    const world = aWorld();
    const { slack } = world;
    const post = slack.post.bind(slack);
    slack.post = async () => {
      throw new Fault('not sent', { retryable: true });
    };
    await expect(syncMessages('r1', [headline('running')], world)).rejects.toThrow('not sent');
    slack.post = async (...call) => {
      await post(...call);
      throw new Fault('no answer', { retryable: true, unknownOutcome: true });
    };
    await expect(syncMessages('r1', [headline('waiting')], world)).rejects.toThrow('no answer');
    await syncMessages('r1', [headline('running')], world);
    await syncMessages('r1', [headline('running')], world);
    expect(slack.messages.map(({ message, edits }) => ({ says: message.text, edits }))).toEqual([{ says: 'running', edits: 1 }]);
  });
});
