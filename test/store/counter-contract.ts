import { expect, it } from '@jest/globals';
import { canonical, chained } from '../../src/domain/auditing/chain.ts';
import { AuditBroken } from '../../src/domain/faults.ts';
import { sha256 } from '../../src/store/audit.ts';
import type { NewDatabase } from './contract.ts';
import { aFact, aRelease } from './samples.ts';
import { eachTest, known } from './subject.ts';

/** What becomes of the audit when somebody changes the database behind Jack's back. */
export function counterContract(newDatabase: NewDatabase): void {
  const { store, second, standing } = eachTest(newDatabase);
  const tamper = (statement: string): Promise<void> => standing().tamper(statement);

  it('finds lines with numbers below one, as the look for a release does', async () => {
    await store().addAudit([aFact({ on: { release: 7 } })]);
    const { seq: _first, hash, ...line } = known((await store().auditLines({ limit: 1 }))[0]);
    await tamper(`insert into audit values (-5, 7, '${hash}', '${canonical(line)}')`);
    expect((await store().auditLines({ limit: 9 })).map(({ seq }) => seq)).toEqual([-5, 1]);
    expect((await store().auditOfRelease(7, 9)).lines.map(({ seq }) => seq)).toEqual([-5, 1]);
    expect((await store().auditLines({ after: 0, limit: 9 })).map(({ seq }) => seq)).toEqual([1]);
  });

  it('takes no line behind one that was put in past the counter, and says what to do', async () => {
    const { release } = await store().addRelease(aRelease(), undefined, { audit: [aFact()] });
    const { seq, hash, ...line } = chained(aFact({ what: 'lock.take' }), 2, known(await store().auditHead()).hash, sha256);
    await tamper(`insert into audit values (${seq}, null, '${hash}', '${canonical(line)}')`);
    await expect(second().addAudit([aFact()])).rejects.toThrow(AuditBroken);
    await expect(store().saveRelease(release, undefined, { audit: [aFact()] })).rejects.toThrow(AuditBroken);
    await expect(store().addAudit([aFact()])).rejects.toThrow(/its last line is 2, and its counter stands at 1\. Run `jack audit verify`/);
    expect(await second().release(release.id)).toEqual(release);
    expect((await store().auditLines({ limit: 9 })).map(({ what }) => what)).toEqual(['release.request', 'lock.take']);
    // As docs/operating/audit.md has it.
    await tamper(`update sequences set value = (select coalesce(max(seq), 0) from audit) where name = 'audit'`);
    await second().addAudit([aFact()]);
    expect((await store().auditHead())?.seq).toBe(3);
  });

  it('takes no line without its counter, and says what to do', async () => {
    await store().addAudit([aFact()]);
    await tamper(`delete from sequences where name = 'audit'`);
    await expect(second().addAudit([aFact()])).rejects.toThrow(/the counter that numbers its lines is gone\. Run `jack audit verify`/);
    await tamper(`insert into sequences select 'audit', coalesce(max(seq), 0) from audit`);
    await second().addAudit([aFact()]);
    expect((await store().auditHead())?.seq).toBe(2);
  });
}
