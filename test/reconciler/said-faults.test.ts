import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/domain/faults.ts';
import type { Said, World } from '../../src/ports.ts';
import { tellSaidFaults } from '../../src/reconciler/said-faults.ts';

const said: Said = { id: 'command:1', at: 0, user: 'U1', channel: 'C1', what: { kind: 'command', command: '/deploy', words: 'prod' }, reply: { user: 'U1', channel: 'C1' } };

function setUp() {
  const told: string[] = [];
  const finished: string[] = [];
  const parts = {
    store: { said: async (id: string) => (id === said.id ? said : undefined), finishSaid: async (id: string, outcome: string) => void finished.push(`${id} ${outcome}`) },
    slack: { reply: async (_to: unknown, message: { text: string }) => void told.push(message.text) },
  };
  return { told, finished, onFault: tellSaidFaults(parts as unknown as Pick<World, 'store' | 'slack'>) };
}

const claim = (key: string, faults: number) => ({ key, owner: 'me', epoch: 1, nudges: 0, faults });

describe('a fault in answering', () => {
  it('is told at once when no repeat can mend it, without a defect’s own words', async () => {
    const { told, finished, onFault } = setUp();
    await expect(onFault(claim('said:command:1', 0), new TypeError('cannot read <x> of undefined'), 'f-7Q2K')).resolves.toBe(true);
    expect(told).toEqual([expect.stringContaining('f-7Q2K')]);
    expect(told[0]).not.toContain('undefined');
    expect(finished).toEqual(['command:1 gave up: f-7Q2K']);
  });

  it('is tried again for a while before it is told', async () => {
    const { told, onFault } = setUp();
    const fault = new Fault('AWS limits the rate of <calls>', { retryable: true });
    await expect(onFault(claim('said:command:1', 0), fault, 'f-1')).resolves.toBe(false);
    await expect(onFault(claim('said:command:1', 3), fault, 'f-2')).resolves.toBe(false);
    await expect(onFault(claim('said:command:1', 4), fault, 'f-3')).resolves.toBe(true);
    expect(told).toEqual([expect.stringContaining('the rate of &lt;calls&gt;')]);
  });

  it('of other work is nobody’s to be told here: it is tried again for ever', async () => {
    const { told, onFault } = setUp();
    await expect(onFault(claim('release:1', 50), new TypeError('x'), 'f-1')).resolves.toBe(false);
    expect(told).toEqual([]);
  });
});
