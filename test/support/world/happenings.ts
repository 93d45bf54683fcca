import * as fc from 'fast-check';
import { ADA, GRACE, GUS, LINUS, OLIVE, VIC } from './builders.ts';
import type { DeployFate } from './fake-environment.ts';
import { clicks, fillsIn, pass, types, work, type FakeWorld } from './fake-world.ts';
import { offered } from './people.ts';

/** One thing that happens to a world, as data: so that a failing history can be read and made shorter. */
export type Happening =
  | { readonly kind: 'types'; readonly words: string; readonly user: string }
  | { readonly kind: 'approves'; readonly user: string; readonly which: number }
  | { readonly kind: 'rejects'; readonly user: string; readonly which: number }
  | { readonly kind: 'cancels'; readonly user: string; readonly which: number }
  | { readonly kind: 'confirms'; readonly button: string; readonly user: string }
  | { readonly kind: 'pushes' }
  | { readonly kind: 'fate'; readonly environment: string; readonly fate: DeployFate }
  | { readonly kind: 'breaks' | 'mends' }
  | { readonly kind: 'stops'; readonly which: number }
  | { readonly kind: 'time'; readonly steps: number };

const user = fc.constantFrom(ADA, GRACE, LINUS, OLIVE, VIC, GUS);
const which = fc.nat({ max: 2 });
const words = fc.constantFrom('/deploy prod', '/deploy prod', '/deploy prod@v2', '/deploy prod@dev', '/deploy dev@v2', '/rollback prod', '/rollback prod @v0', '/deploy dev', '/deploy prod@2222222');

/** Histories that end with time to settle. All decisions are made in Slack: AWS follows its own rules. */
export const histories: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('types' as const), words, user }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('approves' as const), user: fc.constantFrom(GRACE, LINUS, GRACE, LINUS, ADA, GUS), which }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rejects' as const), user, which }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancels' as const), user, which }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('confirms' as const), button: fc.constantFrom('rollback.confirm', 'choose.newest', 'choose.waiting'), user }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'pushes' } as const) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('fate' as const), environment: fc.constantFrom('shop-dev', 'shop-prod'), fate: fc.constantFrom<DeployFate>('works', 'fails', 'fails-midway', 'is-reverted', 'hangs') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('breaks' as const, 'mends' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('stops' as const), which }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('time' as const), steps: fc.integer({ min: 1, max: 6 }) }) },
  ),
  { minLength: 4, maxLength: 16, size: 'max' },
);

/** Lets it happen. `looks` is called after every step of time. */
export async function happens(happening: Happening, world: FakeWorld, looks: () => Promise<void>): Promise<void> {
  const { account } = world;
  switch (happening.kind) {
    case 'types':
      await types(world, happening.words, happening.user);
      return now(world, looks);
    case 'approves':
      await clicks(world, 'approval.approve', await approvalAt(world, happening.which, looks), happening.user);
      return now(world, looks);
    case 'rejects': {
      await fillsIn(world, 'reject', { reason: 'not today' }, { approval: await approvalAt(world, happening.which, looks) }, happening.user);
      return now(world, looks);
    }
    case 'cancels':
      await clicks(world, 'release.cancel', (await world.store.recentReleases({ limit: 3 }))[happening.which]?.id ?? '', happening.user);
      return now(world, looks);
    case 'confirms': {
      const value = offeredOrNothing(world, happening.button, happening.user);
      if (value !== undefined) await clicks(world, happening.button, value, happening.user);
      return now(world, looks);
    }
    case 'pushes': {
      account.head = { id: String(account.executions.length % 10).repeat(39) + 'f', summary: 'A push', sourceAction: 'Source' };
      const [pipeline] = world.app.pipelines;
      if (pipeline) account.start(pipeline, { type: 'CloudWatchEvent' });
      return now(world, looks);
    }
    case 'fate': {
      const environment = account.environments.get(happening.environment);
      if (environment) environment.fate = happening.fate;
      return;
    }
    case 'breaks':
      return void account.mishaps.failing.add('Build/Build');
    case 'mends':
      return void account.mishaps.failing.delete('Build/Build');
    case 'stops': {
      const execution = account.executions.toReversed()[happening.which];
      if (execution) account.stop(execution.id, { abandon: false, reason: 'by hand', by: 'arn:aws:iam::123456789012:user/olive' });
      return;
    }
    case 'time':
      for (let step = 0; step < happening.steps; step += 1) {
        await pass(world);
        await looks();
      }
      return;
    default:
      return happening satisfies never;
  }
}

async function now(world: FakeWorld, looks: () => Promise<void>): Promise<void> {
  await work(world);
  await looks();
}

/** Who wants to answer waits a little for the question. */
async function approvalAt(world: FakeWorld, which: number, looks: () => Promise<void>): Promise<string> {
  for (let step = 0; step < 6 && (await openApprovals(world)).length === 0; step += 1) {
    await pass(world);
    await looks();
  }
  const open = await openApprovals(world);
  return (open[which] ?? open[0])?.id ?? 'none';
}

async function openApprovals(world: FakeWorld) {
  return (await world.store.openReleases()).flatMap((release) => release.approvals).filter((request) => request.state === 'open');
}

function offeredOrNothing(world: FakeWorld, button: string, user: string): string | undefined {
  return world.slack.replies.some((reply) => reply.to.user === user && JSON.stringify(reply.blocks ?? []).includes(button)) ? lastOffered(world, button, user) : undefined;
}

/** The button may belong to an older answer: people click those too. */
function lastOffered(world: FakeWorld, button: string, user: string): string | undefined {
  const answers = world.slack.replies.filter((reply) => reply.to.user === user && JSON.stringify(reply.blocks ?? []).includes(button));
  return answers.length === 0 ? undefined : offered({ ...world, slack: { ...world.slack, replies: answers } }, button, user);
}
