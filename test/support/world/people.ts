import { isOver, type Release } from '../../../src/domain/release.ts';
import { ADA, commit, GRACE } from './builders.ts';
import { clicks, types, until, type FakeWorld } from './fake-world.ts';
import { newestRelease } from './transcript.ts';

/** The id of the newest release's open approval, once there is one. */
export async function openApproval(world: FakeWorld): Promise<string> {
  const open = async () => (await world.store.recentReleases({ limit: 1 }))[0]?.approvals.find((request) => request.state === 'open');
  await until(world, async () => (await open()) !== undefined);
  return (await open())?.id ?? '';
}

export async function approves(world: FakeWorld, user = GRACE): Promise<void> {
  await clicks(world, 'approval.approve', await openApproval(world), user);
}

/** Until the newest release is over and its thread says so; so many releases are awaited. */
export async function untilOver(world: FakeWorld, releases = 1): Promise<Release> {
  await until(world, async () => {
    const all = await world.store.recentReleases({ limit: releases });
    return all.length >= releases && all.every(isOver);
  });
  await until(world, () => true);
  return newestRelease(world);
}

/** The value of a button in the last answer that this person alone saw. */
export function offered(world: FakeWorld, button: string, user = ADA): string {
  const last = world.slack.replies.findLast((reply) => reply.to.user === user);
  const found = last?.blocks?.flatMap((block) => (block.type === 'actions' ? block.elements : [])).find((element) => 'action_id' in element && element.action_id === button);
  const value: unknown = found && Reflect.get(found, 'value');
  if (typeof value !== 'string') throw new Error(`nobody offered ${button}; the last answer was: ${last?.text ?? 'none'}`);
  return value;
}

/** `/rollback prod`, and the one confirm. */
export async function rollsBack(world: FakeWorld, words = '/rollback prod', user = ADA): Promise<void> {
  await types(world, words, user);
  await until(world, () => world.slack.replies.some((reply) => reply.to.user === user && JSON.stringify(reply.blocks ?? []).includes('rollback.confirm')));
  await clicks(world, 'rollback.confirm', offered(world, 'rollback.confirm', user), user);
}

/** Somebody pushes this commit: the first pipeline starts by itself, and Jack looks. */
export async function pushes(world: FakeWorld, digit = 'a'): Promise<void> {
  const [pipeline] = world.app.pipelines;
  world.account.head = { id: commit(digit), summary: `Push ${digit}`, sourceAction: 'Source' };
  await world.store.setNote(`pipeline-seen:shop/${pipeline?.name ?? ''}`, '0');
  if (pipeline) world.account.start(pipeline, { type: 'CloudWatchEvent' });
  await world.store.nudge(`pipeline:shop/${pipeline?.name ?? ''}`, world.clock.now());
}
