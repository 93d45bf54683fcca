import type { App } from '../../../src/domain/app.ts';
import { workHandlers } from '../../../src/parts.ts';
import { Fault, Stale } from '../../../src/domain/faults.ts';
import { bindingForms } from '../../../src/operations/clicks/bound-forms.ts';
import type { Claim, Log, Said, Store, World } from '../../../src/ports.ts';
import { ADA, anApp, SHOP, T0 } from './builders.ts';
import { FakeAccount } from './fake-account.ts';
import { fakeAws, type FakeAws } from './fake-aws.ts';
import type { Assumptions } from './fake-environment.ts';
import { Crash } from './interrupt.ts';
import { fakeSlack, type FakeSlack } from './fake-slack.ts';
import { memoryStore } from './memory-store.ts';
import { whereClicked } from './where-clicked.ts';

export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const RHYTHM = { fastMs: 3_000, slowMs: 30_000 };
/** How far the clock goes between two looks. */
export const STEP_MS = 5_000;

/** Everything outside Jack, in memory and with a memory of its own. Time only moves when a test says so. */
export interface FakeWorld extends World {
  readonly aws: FakeAws;
  readonly slack: FakeSlack;
  readonly account: FakeAccount;
  readonly app: App;
  /** For how many steps Jack stays away after a crash. */
  readonly downSteps?: number;
}

export function aWorld(given: { readonly app?: App; readonly store?: Store; readonly assumptions?: Assumptions; readonly downSteps?: number } = {}): FakeWorld {
  const app = given.app ?? anApp();
  const account = new FakeAccount(app, T0, given.assumptions ?? { labelAfterFailure: 'old' });
  let ids = 0;
  return {
    app,
    account,
    ...(given.downSteps !== undefined && { downSteps: given.downSteps }),
    aws: fakeAws(account),
    slack: fakeSlack(),
    store: given.store ?? memoryStore(),
    clock: { now: () => account.now },
    ids: {
      next() {
        ids += 1;
        return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
      },
    },
    apps: { all: () => [app], problems: () => [], refresh: async () => undefined },
  };
}

/** Somebody does something in Slack: it is recorded, as a listener does before its ack. */
export async function says(world: World, what: Said['what'], user = ADA, more: Partial<Said> = {}): Promise<string> {
  const id = more.id ?? `said-${world.ids.next()}`;
  await world.store.receive({ id, at: world.clock.now(), user, channel: SHOP, what, reply: { user, channel: SHOP }, ...more });
  return id;
}

export function types(world: World, text: string, user = ADA): Promise<string> {
  const [command = '', ...words] = text.split(' ');
  return says(world, { kind: 'command', command, words: words.join(' ') }, user);
}

/** Clicks where a person would find the button. */
export async function clicks(world: World, button: string, value: string, user = ADA): Promise<string> {
  const { what, ...place } = await whereClicked(world, button, value, user, SHOP);
  return says(world, what, user, place);
}

function plainText(text: string) {
  return { type: 'plain_text', text } as const;
}

/** Fills in a form that was opened for this person. */
export async function fillsIn(world: World, form: string, values: Readonly<Record<string, string>>, metadata: object = {}, user = ADA): Promise<string> {
  let privateMetadata = '';
  const seen: World = { ...world, slack: { ...world.slack, openForm: async (_trigger, view) => void (privateMetadata = view.private_metadata ?? '') } };
  await bindingForms(seen, user).slack.openForm('trigger', { type: 'modal', callback_id: form, title: plainText(form), submit: plainText('Send'), private_metadata: JSON.stringify(metadata), blocks: [] });
  return says(world, { kind: 'form', form, values, privateMetadata }, user);
}

/** Does all that is due now, as the loop does: a fault defers the work, and after a crash a new process goes on. */
export async function work(world: FakeWorld): Promise<void> {
  const handlers = workHandlers(world, quiet, RHYTHM);
  for (let turn = 0; turn < 60; turn += 1) {
    const next = await world.store.claim('test', world.clock.now(), 30_000);
    if (!('claim' in next)) return;
    await runOnce(next.claim, handlers, world);
  }
  throw new Error('something is due again and again');
}

async function runOnce(claim: Claim, handlers: ReturnType<typeof workHandlers>, world: FakeWorld): Promise<void> {
  const handler = handlers[claim.key.split(':', 1)[0] ?? ''];
  if (!handler) throw new Error(`nothing handles ${claim.key}`);
  try {
    await world.store.finish(claim, await handler(claim.key, claim));
  } catch (error) {
    if (error instanceof Crash) await startAgain(world);
    else if (error instanceof Stale) await world.store.finish(claim, world.clock.now());
    else if (error instanceof Fault) await world.store.defer(claim, world.clock.now() + 1_000);
    else throw error;
  }
}

/** A new process finds the leases of the old one; meanwhile AWS went on. */
async function startAgain(world: FakeWorld): Promise<void> {
  for (let step = 0; step < (world.downSteps ?? 0); step += 1) {
    world.account.now += STEP_MS;
    world.account.tick();
  }
  await world.store.freeLeases();
}

/** AWS moves and Jack looks, so many times. */
export async function pass(world: FakeWorld, steps = 1): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    world.account.now += STEP_MS;
    world.account.tick();
    await work(world);
  }
}

/** Until this is so; a test that waits in vain fails here. */
export async function until(world: FakeWorld, claim: () => boolean | Promise<boolean>, most = 60): Promise<void> {
  await work(world);
  for (let step = 0; step < most; step += 1) {
    if (await claim()) return;
    await pass(world);
  }
  if (!(await claim())) throw new Error('it never came to that');
}
