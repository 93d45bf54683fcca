import { describe, expect, it } from '@jest/globals';
import type { AuditFact } from '../../src/domain/audit.ts';
import { ADA, T0, VIC } from '../support/world/builders.ts';
import { aWorld, types, work, type FakeWorld } from '../support/world/fake-world.ts';

async function answerTo(world: FakeWorld, text: string, user = VIC): Promise<{ readonly text: string; readonly blocks: string }> {
  await types(world, text, user);
  await work(world);
  const last = world.slack.replies.at(-1);
  expect(last?.to.user).toBe(user);
  return { text: last?.text ?? '', blocks: (last?.blocks ?? []).map((block) => ('text' in block && typeof block.text === 'object' ? block.text.text : '')).join('\n') };
}

const fact = (changes: Partial<AuditFact> = {}): AuditFact => ({ at: T0, who: ADA, what: 'gate.break-glass', on: { release: 1 }, outcome: 'done', rule: 'role:owner', ...changes });

/** With one release, #1. */
async function aWorldWithRelease(): Promise<FakeWorld> {
  const world = aWorld();
  await types(world, '/deploy prod');
  await work(world);
  return world;
}

describe('/jack audit', () => {
  it('without words is the head, to be noted', async () => {
    const world = aWorld();
    expect((await answerTo(world, '/jack audit')).text).toBe('The audit has no lines yet.');
    await world.store.addAudit([fact(), fact()]);
    const head = await world.store.auditHead();
    expect((await answerTo(world, '/jack audit')).text).toContain(`Its head is \`2:${head?.hash}\``);
  });

  it('with a number is the lines of that release, newest last, for a viewer too', async () => {
    const world = await aWorldWithRelease();
    await world.store.addAudit([fact({ on: { release: 2 }, detail: 'of another' }), fact({ detail: 'the shop burns', awsRequestId: 'request-9' })]);
    const { text, blocks } = await answerTo(world, '/jack audit #1');
    expect(text).toMatch(/^Audit of #1 \*shop → prod\*: \d+ lines, newest last\.$/);
    expect(blocks).toMatch(/\*aws\.start-execution\*[^]*<@U0ADA00001> · \*gate\.break-glass\* · by role:owner · “the shop burns” · AWS request request-9$/);
    expect(blocks).not.toContain('of another');
    expect(await answerTo(world, '/jack audit 1')).toEqual({ text, blocks });
  });

  it('shows what people and AWS wrote as text', async () => {
    const world = await aWorldWithRelease();
    await world.store.addAudit([fact({ who: 'arn:aws:iam::123456789012:user/<!channel>', detail: '<!here> & *all*', rule: '<@U1>' })]);
    const { blocks } = await answerTo(world, '/jack audit #1');
    expect(blocks).toContain('&lt;!channel&gt; · *gate.break-glass* · by &lt;@U1&gt; · “&lt;!here&gt; &amp; *all*”');
  });

  it('keeps to Slack’s limits, and says where the first lines are', async () => {
    const world = await aWorldWithRelease();
    await world.store.addAudit(Array.from({ length: 300 }, () => fact({ detail: '&'.repeat(1000) })));
    await types(world, '/jack audit #1', VIC);
    await work(world);
    const last = world.slack.replies.at(-1);
    expect(last?.text).toContain('are only in `jack audit export`');
    expect(last?.blocks?.length).toBeLessThanOrEqual(50);
    for (const block of last?.blocks ?? []) expect(JSON.stringify(block).length).toBeLessThan(3200);
  });

  it('shows the newest lines however many came before, and how many there are', async () => {
    const world = await aWorldWithRelease();
    await world.store.addAudit(Array.from({ length: 1100 }, (_, index) => fact({ detail: `reason ${index}` })));
    await world.store.addAudit([fact({ what: 'release.end', detail: 'live' })]);
    const inAll = (await world.store.auditLines({ limit: 5000 })).filter(({ on }) => on.release === 1).length;
    const { text, blocks } = await answerTo(world, '/jack audit #1');
    expect(inAll).toBeGreaterThan(1100);
    expect(text).toContain(`: ${inAll} lines, newest last; `);
    expect(blocks).toMatch(/“reason 1099”\n.*\*release\.end\*.*“live”$/);
    expect(blocks).not.toContain('“reason 1000”');
  });

  it('counts what was refused to the same person again and again, so that it hides nothing', async () => {
    const world = await aWorldWithRelease();
    const refused = fact({ who: VIC, what: 'click.approve', outcome: 'refused', rule: 'refused:not-an-approver' });
    await world.store.addAudit([fact({ detail: 'the shop burns' }), ...Array.from({ length: 60 }, () => refused), { ...refused, who: ADA }, fact({ what: 'release.end' })]);
    const { blocks } = await answerTo(world, '/jack audit #1');
    expect(blocks).toMatch(/“the shop burns”\n\d+ · [^\n]* · <@U0VIC00001> · \*click\.approve\* · refused · by refused:not-an-approver · 60 times, till \d+\n[^\n]*<@U0ADA00001> · \*click\.approve\* · refused · by refused:not-an-approver\n[^\n]*\*release\.end\*/);
  });

  it.each(['#7', 'nonsense', '#', '1.5', '99999999999999999999'])('of %s is that there is no such release', async (word) => {
    expect((await answerTo(await aWorldWithRelease(), `/jack audit ${word}`)).text).toMatch(/I know no release|Which release/);
  });
});
