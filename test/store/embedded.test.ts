import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { storeContract } from './contract.ts';
import { aFact } from './samples.ts';

describe('the embedded store', () => {
  storeContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jack-store-'));
    const store = await openStore({ kind: 'embedded', folder });
    return {
      store,
      second: store,
      async tamper(statement) {
        const somebody = new DatabaseSync(join(folder, 'jack.sqlite'));
        somebody.exec(statement);
        somebody.close();
      },
      async close() {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  });

  it.each(['update audit set hash = 1', 'delete from audit'])('refuses “%s”, whoever asks', async (statement) => {
    const folder = await mkdtemp(join(tmpdir(), 'jack-store-'));
    const store = await openStore({ kind: 'embedded', folder });
    await store.addAudit([aFact()]);
    const somebody = new DatabaseSync(join(folder, 'jack.sqlite'));
    expect(() => somebody.exec(statement)).toThrow('the audit is append-only');
    somebody.close();
    expect(await store.auditLines({ limit: 9 })).toMatchObject([{ ...aFact(), seq: 1 }]);
    await store.close();
    await rm(folder, { recursive: true });
  });
});
