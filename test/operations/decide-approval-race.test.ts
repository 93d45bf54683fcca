import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { decideApproval, type Say } from '../../src/operations/decide-approval.ts';
import { anApp, anApproval, anEnvironment, aRelease, GRACE, LINUS, OLIVE, SHOP } from '../support/world/builders.ts';
import { standsAtApproval } from '../support/world/at-approval.ts';
import { aWorld, clicks, pass, says, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { interrupted, type Side } from '../support/world/interrupt.ts';
import { whereClicked } from '../support/world/where-clicked.ts';
import { effects, onlyRelease } from '../support/world/transcript.ts';
import { cases } from '../support/cases.ts';

jest.setTimeout(60_000);

const APPROVERS = [GRACE, LINUS, OLIVE];

async function asked(count: number): Promise<FakeWorld> {
  const approval = { from: APPROVERS, count };
  const world = aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval })] }) });
  await world.store.addRelease(aRelease({ approvals: [anApproval({ policy: approval })], status: 'waiting', notes: [{ key: 'approval:approval-1', at: 0, what: { kind: 'approval-asked', approvalId: 'approval-1' } }] }));
  standsAtApproval(world);
  return world;
}

/** Another replica on the same store, whose every call of it takes its own time: so many turns of the loop. */
function replica(world: FakeWorld, delays: readonly number[]): FakeWorld {
  let calls = 0;
  const store = new Proxy(world.store, {
    get(target, name, receiver) {
      const own: unknown = Reflect.get(target, name, receiver);
      if (typeof own !== 'function') return own;
      return async (...given: readonly unknown[]) => {
        const turns = delays[(calls += 1) % Math.max(1, delays.length)] ?? 0;
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        return Reflect.apply(own, target, given) as unknown;
      };
    },
  });
  return { ...world, store };
}

const decidedLines = async (world: FakeWorld) => (await world.store.auditLines({ limit: 100 })).filter(({ what }) => what === 'approval.approve' || what === 'approval.reject');

describe('two who decide at the same instant, each on a replica of their own', () => {
  const say = fc.record({ user: fc.constantFrom(...APPROVERS), approves: fc.integer({ min: 0, max: 3 }).map((one) => one > 0), delays: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 6 }) });

  it('come to one decision in the record, the audit and AWS, and each is told the truth, whoever is first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(say, { minLength: 2, maxLength: 3 }), fc.integer({ min: 1, max: 2 }), async (all, count) => {
        const world = await asked(count);
        const answers = await Promise.all(all.map(async ({ user, approves, delays }, index) => {
          const said: Say = { approvalId: 'approval-1', user, approves, said: `said-${index}` };
          return { said, answer: await decideApproval(said, replica(world, delays)) };
        }));
        const [request] = (await onlyRelease(world)).approvals;
        const recorded = answers.filter(({ answer }) => answer.ok).map(({ said }) => said);
        expect(request?.decisions.map(({ by, approves }) => ({ by, approves })).toSorted(byWho)).toEqual(recorded.map(({ user, approves }) => ({ by: user, approves })).toSorted(byWho));
        expect((await decidedLines(world)).map(({ who }) => who).toSorted()).toEqual(recorded.map(({ user }) => user).toSorted());
        for (const { said, answer } of answers) {
          if (answer.ok) continue;
          const mine = request?.decisions.filter(({ by }) => by === said.user) ?? [];
          const isSaid = mine.some(({ approves }) => said.approves || !approves);
          expect(answer.refusal).toMatchObject(isSaid ? { kind: 'already-decided', approves: mine.length > 1 ? expect.any(Boolean) : mine[0]?.approves } : { kind: 'approval-over', approval: { state: 'decided', verdict: request?.verdict } });
        }
        await work(world);
        const told = world.aws.calls.filter(({ effect }) => effect.kind === 'answer-approval');
        expect(told.map(({ effect }) => effect.kind === 'answer-approval' && effect.approved)).toEqual(request?.verdict === undefined ? [] : [request.verdict === 'approved']);
      }),
      { numRuns: cases(1000) },
    );
  });

  it('of one yes and one no, whoever is first decides, and the other reads who it was', async () => {
    for (const [first, second, verdict] of [[0, 40, 'approved'], [40, 0, 'rejected']] as const) {
      const world = await asked(1);
      const [grace, linus] = await Promise.all([
        decideApproval({ approvalId: 'approval-1', user: GRACE, approves: true }, replica(world, [first])),
        decideApproval({ approvalId: 'approval-1', user: LINUS, approves: false }, replica(world, [second])),
      ]);
      expect((await onlyRelease(world)).approvals[0]?.verdict).toBe(verdict);
      const late = verdict === 'approved' ? linus : grace;
      expect(late).toMatchObject({ ok: false, refusal: { kind: 'approval-over', approval: { decisions: [{ by: verdict === 'approved' ? GRACE : LINUS }] } } });
    }
  });
});

type Said = { readonly by: string; readonly approves: boolean };

/** A yes before the no that the same person gave. */
function byWho(one: Said, other: Said): number {
  return one.by === other.by ? Number(other.approves) - Number(one.approves) : one.by < other.by ? -1 : 1;
}

/** Grace clicks twice, Linus at the same moment, and Slack delivers Grace's first click once more. */
async function crowd(world: FakeWorld): Promise<void> {
  await until(world, () => world.slack.messages.some(({ identity }) => identity.key === 'approval:approval-1'));
  const { what, ...place } = await whereClicked(world, 'approval.approve', 'approval-1', GRACE, SHOP);
  await says(world, what, GRACE, { ...place, id: 'first' });
  await says(world, what, GRACE, { ...place, id: 'double' });
  await clicks(world, 'approval.approve', 'approval-1', LINUS);
  expect(await world.store.receive({ id: 'first', at: 0, user: GRACE, channel: SHOP, what, reply: place.reply })).toBe(false);
  await pass(world, 8);
}

describe('two people, a double click, a redelivery, and a process that dies', () => {
  it.each<readonly [string, Side]>([['before', 'before'], ['after', 'after'], ['without the answer to', 'lost']])('%s any one call: one decision in AWS, one in the audit, each told the truth', async (_when, side) => {
    const whole = await asked(1);
    const calm = interrupted(whole, { at: 0, side });
    await crowd(calm.world);
    expect(whole.slack.replies.map(({ text }) => text)).toEqual([
      'Your approval of #1 is recorded.',
      'You have approved #1 already. It counts once.',
      expect.stringMatching(new RegExp(`^<@${GRACE}> approved #1 already`)),
    ]);
    for (const [index, name] of calm.calls.entries()) {
      if (side === 'lost' && name.startsWith('store.')) continue;
      const world = await asked(1);
      await crowd(interrupted(world, { at: index + 1, side }).world);
      const [request] = (await onlyRelease(world)).approvals;
      expect({ name, decisions: request?.decisions.length, verdict: request?.verdict, state: request?.state }).toEqual({ name, decisions: 1, verdict: 'approved', state: 'confirmed' });
      expect({ name, told: effects(world, 'answer-approval'), audit: (await decidedLines(world)).length }).toEqual({ name, told: 1, audit: 1 });
      const winner = request?.decisions[0]?.by ?? '';
      for (const { to, text } of world.slack.replies) {
        const truth = to.user === winner ? /^Your approval of #1 is recorded\.|^You have approved #1 already/ : new RegExp(`^<@${winner}> approved #1 already`);
        expect({ name, text }).toEqual({ name, text: expect.stringMatching(truth) });
      }
    }
  });
});
