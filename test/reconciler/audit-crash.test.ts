import { createHash } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { verifyAudit } from '../../src/domain/auditing/verify.ts';
import { ADA, anOpenApp, GRACE } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types } from '../support/world/fake-world.ts';
import { interrupted, type Interruption, type Side } from '../support/world/interrupt.ts';
import { openApproval, untilOver } from '../support/world/people.ts';

// A few hundred walks; on a busy machine that takes its time.
jest.setTimeout(60_000);

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A release that is approved by a double click; what the audit has of it, without what was refused. */
async function audited(interruption: Interruption) {
  const { world, calls } = interrupted(aWorld(), interruption);
  await types(world, '/deploy prod because it is time');
  const approval = await openApproval(world);
  await clicks(world, 'approval.approve', approval, GRACE);
  await clicks(world, 'approval.approve', approval, GRACE);
  await untilOver(world);
  await pass(world, 3);
  const lines = await world.store.auditLines({ limit: 999 });
  return { calls, verdict: verifyAudit(lines, sha256), done: lines.filter(({ outcome }) => outcome === 'done').map(({ what, who, on }) => `${what} ${who} #${on.release}`).sort() };
}

/** What a release of a version changed in AWS, and in whose name. */
async function atTheDoor(interruption: Interruption) {
  const { world, calls } = interrupted(aWorld({ app: anOpenApp() }), interruption);
  world.account.addVersion('v2', '2'.repeat(40));
  await types(world, '/deploy prod@v2');
  await untilOver(world);
  await pass(world, 3);
  const lines = await world.store.auditLines({ limit: 999 });
  return { calls, done: lines.filter(({ what, outcome }) => what.startsWith('aws.') && outcome === 'done').map(({ what, who }) => `${what} ${who}`) };
}

describe('the audit of a release whose Jack is interrupted', () => {
  it.each<Side>(['before', 'after', 'lost'])('%s any one call has each decision once, in an unbroken chain', async (side) => {
    const whole = await audited({ at: 0, side });
    expect(whole.done).toEqual(expect.arrayContaining(['aws.answer-approval U0GRACE001 #1', 'aws.start-execution U0ADA00001 #1', 'release.end jack #1', 'release.request U0ADA00001 #1']));
    expect(new Set(whole.done).size).toBe(whole.done.length);
    for (const [index, name] of whole.calls.entries()) {
      if (side === 'lost' && !/^(aws\.perform|slack\.)/.test(name)) continue;
      const came = await audited({ at: index + 1, side });
      expect({ at: `${index + 1} ${name}`, done: came.done, isWhole: came.verdict.ok }).toEqual({ at: `${index + 1} ${name}`, done: whole.done, isWhole: true });
    }
  });

  it.each<Side>(['before', 'after'])('%s any one call holds and frees transitions in the name of who asked', async (side) => {
    const whole = await atTheDoor({ at: 0, side });
    expect(whole.done).toEqual([`aws.hold-transition ${ADA}`, `aws.update-environment ${ADA}`, `aws.free-transition ${ADA}`]);
    for (const [index, name] of whole.calls.entries()) expect({ at: `${index + 1} ${name}`, done: (await atTheDoor({ at: index + 1, side })).done }).toEqual({ at: `${index + 1} ${name}`, done: whole.done });
  });
});
