import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { auditOf, type AuditLine } from './support/audited.ts';
import { bundledBot } from './support/bundle.ts';
import { QUICK } from './support/cast.ts';
import { forgeries, PEOPLE } from './support/forging/forgeries.ts';
import { setScene, type Scene } from './support/forging/scene.ts';
import { Forger, type Outcome } from './support/forging/forger.ts';
import { Stage } from './support/stage.ts';

jest.setTimeout(120_000);

describe('what nobody could click', () => {
  let stage: Stage;
  let forger: Forger;
  let scene: Scene;
  /** The audit as it was last read. */
  let known: readonly AuditLine[] = [];
  let threads: readonly string[];
  /** What was written to the audit since it was last read. */
  const written = async (): Promise<readonly AuditLine[]> => {
    const all = await auditOf(stage);
    const since = all.slice(known.length);
    known = all;
    return since;
  };
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    stage = await Stage.open({ program: bundledBot() });
    await stage.begin(QUICK);
    forger = new Forger(stage);
    scene = await setScene(stage);
    await written();
    threads = [await stage.threads('shop'), await stage.threads('api')];
    for (const { what, who, made } of forgeries) outcomes.set(what, await forger.send(made(scene, forger, PEOPLE[who])));
  });
  afterAll(() => stage.close());

  it('is tried in more than thirty ways', () => {
    expect(outcomes.size).toBe(forgeries.length);
    expect(forgeries.length).toBeGreaterThan(30);
  });

  it.each(forgeries.map((forgery) => [forgery.what, forgery.who, forgery] as const))('is refused with a reason, and nothing is done: %s (%s)', (what, _who, { told }) => {
    const outcome = outcomes.get(what);
    expect(outcome?.answer).toMatch(told);
    expect(outcome).toMatchObject({ acked: true, changed: [] });
  });

  it('leaves one line each in the audit, and nothing in the threads', async () => {
    expect((await written()).map(({ who, what, outcome, rule }) => [who, what, outcome, rule])).toEqual(forgeries.map(({ who, audited: [what, rule] }) => [PEOPLE[who], what, 'refused', rule]));
    expect([await stage.threads('shop'), await stage.threads('api')]).toEqual(threads);
  });

  it('delivered twice is answered and audited once', async () => {
    const click = forger.click({ user: PEOPLE.gus, button: 'approval.approve', value: scene.waiting.approval, at: scene.waiting.card });
    const command = forger.command(PEOPLE.gus, scene.waiting.card.channel, '/deploy', 'prod please');
    expect((await forger.send(click)).answer).toMatch(/never approve/);
    expect((await forger.send(command, { kind: 'slash_commands' })).answer).toMatch(/takes a contributor/);
    expect(await forger.send(click, { silent: true })).toEqual({ acked: true, answer: undefined, changed: [] });
    expect(await forger.send(command, { kind: 'slash_commands', silent: true })).toEqual({ acked: true, answer: undefined, changed: [] });
    expect((await written()).map(({ what }) => what)).toEqual(['click.approval.approve', 'command.deploy']);
  });

  it('is not the real thing: that goes through, once, though it is delivered again', async () => {
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /\*  live\n/);
    await stage.settle('shop');
    const { deliveries } = await stage.door.get<{ deliveries: readonly { kind: 'interactive'; payload: { actions?: readonly { action_id: string }[]; user: { id: string } } }[] }>('/slack/deliveries');
    const real = deliveries.findLast(({ payload }) => payload.user?.id === PEOPLE.grace && payload.actions?.[0]?.action_id === 'approval.approve');
    expect(await forger.send(real?.payload ?? {}, { silent: true })).toEqual({ acked: true, answer: undefined, changed: [] });
    const lines = await written();
    expect(lines.filter(({ what, on }) => what === 'approval.approve' && on.release === 2)).toHaveLength(1);
    expect(lines.filter(({ what, on }) => what === 'aws.answer-approval' && on.release === 2)).toHaveLength(1);
  });

  it('does not come in over HTTP with a wrong signature, an old or a future time, or a second time', async () => {
    await stage.killBot();
    const port = await freePort();
    await stage.startBot({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'sandbox-signing-secret', PORT: String(port) });
    await stage.door.post('/slack/mode', { mode: 'http', url: `http://127.0.0.1:${port}/slack/events` });
    const click = () => forger.click({ user: PEOPLE.gus, button: 'approval.approve', value: scene.other.approval, at: scene.other.card });
    for (const kind of ['bad-signature-next', 'old-timestamp-next', 'future-timestamp-next']) {
      await stage.door.post('/slack/deliver', { kind });
      expect(await forger.send(click(), { silent: true })).toEqual({ acked: false, answer: undefined, changed: [] });
    }
    const signed = click();
    expect((await forger.send(signed)).answer).toMatch(/never approve/);
    expect((await forger.send(signed, { silent: true })).answer).toBeUndefined();
    expect((await written()).map(({ what, rule }) => [what, rule])).toEqual([['click.approval.approve', 'refused:not-approver']]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
