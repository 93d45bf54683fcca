import { describe, expect, it } from '@jest/globals';
import { logAuditHead } from '../../src/audit-head.ts';
import type { AuditHead } from '../../src/domain/audit.ts';
import type { Log } from '../../src/ports.ts';

function listening(): { readonly log: Log; readonly told: object[]; readonly errors: object[] } {
  const told: object[] = [];
  const errors: object[] = [];
  return { told, errors, log: { info: (facts) => void told.push(facts), warn: () => undefined, error: (facts) => void errors.push(facts) } };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

describe('the head of the audit', () => {
  it('is logged at the start, after each while in which it changed, and at the end', async () => {
    const { log, told } = listening();
    let head: AuditHead | undefined = { seq: 1, hash: 'a' };
    const heads = await logAuditHead({ auditHead: async () => head }, log, 5);
    await pause(40);
    expect(told).toEqual([{ seq: 1, hash: 'a' }]);
    head = { seq: 2, hash: 'b' };
    await pause(40);
    expect(told).toEqual([{ seq: 1, hash: 'a' }, { seq: 2, hash: 'b' }]);
    await heads.stop();
    head = { seq: 3, hash: 'c' };
    await pause(20);
    expect(told).toHaveLength(2);
  });

  it('is logged at the end, and is not while there is none', async () => {
    const { log, told } = listening();
    let head: AuditHead | undefined;
    const heads = await logAuditHead({ auditHead: async () => head }, log);
    expect(told).toEqual([]);
    head = { seq: 3, hash: 'c' };
    await heads.stop();
    expect(told).toEqual([{ seq: 3, hash: 'c' }]);
  });

  it('that cannot be read later is complained of, and stops nothing', async () => {
    const { log, errors } = listening();
    let isBroken = false;
    const heads = await logAuditHead({
      async auditHead() {
        if (isBroken) throw new Error('gone');
        return undefined;
      },
    }, log);
    isBroken = true;
    await heads.stop();
    expect(errors).toEqual([{ err: expect.objectContaining({ message: 'gone' }) }]);
  });
});
