import { describe, expect, it, jest } from '@jest/globals';
import { retriedInTheConsole } from './support/retold-approvals.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

describe('a stage that is retried in the console', () => {
  const scene = sceneForEach();

  it('is the next attempt of the same release, in the same thread, with a new approval', async () => {
    const { wanted, found } = await retriedInTheConsole(scene());
    expect(found).toBe(wanted);
  });
});
