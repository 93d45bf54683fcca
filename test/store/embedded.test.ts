import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { storeContract } from './contract.ts';

describe('the embedded store', () => {
  storeContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jack-store-'));
    const store = await openStore({ kind: 'embedded', folder });
    return {
      store,
      second: store,
      async close() {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  });
});
