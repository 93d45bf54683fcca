import type { App } from '../domain/app.ts';
import type { Release } from '../domain/release.ts';
import { digest, type PostedMessage, type WantedMessage } from '../views/message.ts';
import { releaseThread, type ThreadLinks } from '../views/release-thread.ts';
import type { Claim, World } from '../ports.ts';
import { tellDirectly } from './approvals/tell-directly.ts';
import type { Run } from './reconcile.ts';

/** A message may carry an earlier time than the mark, by Slack's clock. */
const SKEW_MS = 120_000;

/** Makes the thread equal to what is recorded. Messages are known by key, never by position. */
export async function syncThread(release: Release, app: App, run: Run): Promise<void> {
  await syncMessages(release.id, releaseThread(release, linksOf(release, app, run.world)), run.world, run.claim);
  await tellDirectly(release, run);
}

/**
 * Posts what is missing and edits what differs, in order; replies go under the owner's 'headline'. Each call is made
 * only while the claim holds: who stood still for longer than the lease neither posts again nor writes what is old.
 */
export async function syncMessages(owner: string, wanted: readonly WantedMessage[], world: World, claim?: Claim): Promise<void> {
  const posted = new Map((await world.store.messages(owner)).map((message) => [message.key, message]));
  for (const message of wanted) {
    const headline = posted.get('headline');
    const threadTs = message.place === 'reply' ? headline?.ts : undefined;
    if (message.place === 'reply' && headline?.state !== 'posted') continue;
    const before = posted.get(message.key);
    if (!before && message.onlyEdit) continue;
    const after = before ? await bringUp(message, before, { world, claim }) : await postNew(owner, message, threadTs, { world, claim });
    posted.set(message.key, after);
  }
}

interface By {
  readonly world: World;
  readonly claim: Claim | undefined;
}

async function bringUp(message: WantedMessage, before: PostedMessage, by: By): Promise<PostedMessage> {
  const { world, claim } = by;
  const known = before.state === 'posting' ? await recover(message, before, by) : before;
  if (known.state !== 'posted' || known.ts === undefined || known.digest === digest(message)) return known;
  if (claim) await world.store.checkClaim(claim);
  const kept = await world.slack.edit(message, { channel: known.channel, ts: known.ts });
  return save({ ...known, digest: digest(message), state: kept ? 'posted' : 'gone' }, world);
}

/**
 * Only a row that says *posting* makes Jack look for its message: the call was made or it was not, and nobody knows.
 * Nor does anybody know which try it was that came through: what was found is written anew.
 */
async function recover(message: WantedMessage, before: PostedMessage, by: By): Promise<PostedMessage> {
  const { world } = by;
  const { owner, key, threadTs } = before;
  const found = await world.slack.find({ owner, key }, { channel: before.channel, since: before.markedAt - SKEW_MS, ...(threadTs !== undefined && { threadTs }) });
  if (found) return save({ ...before, channel: found.channel, ts: found.ts, digest: '', state: 'posted' }, world);
  if (message.onlyEdit) return save({ ...before, state: 'gone' }, world);
  return post({ ...before, digest: digest(message) }, message, by);
}

async function postNew(owner: string, message: WantedMessage, threadTs: string | undefined, by: By): Promise<PostedMessage> {
  const mark: PostedMessage = {
    owner,
    key: message.key,
    channel: message.channel,
    digest: digest(message),
    state: 'posting',
    markedAt: by.world.clock.now(),
    ...(threadTs !== undefined && { threadTs }),
  };
  return post(mark, message, by);
}

async function post(mark: PostedMessage, message: WantedMessage, { world, claim }: By): Promise<PostedMessage> {
  await world.store.saveMessage(mark, claim);
  const at = await world.slack.post(message, { owner: mark.owner, key: mark.key }, mark.threadTs);
  return save({ ...mark, channel: at.channel, ts: at.ts, state: 'posted' }, world);
}

async function save(message: PostedMessage, world: World): Promise<PostedMessage> {
  await world.store.saveMessage(message);
  return message;
}

function linksOf(release: Release, app: App, world: World): ThreadLinks {
  const { route } = release;
  if (route.kind !== 'pipeline' || route.executionId === undefined) return {};
  return { execution: world.aws.link(app, { kind: 'execution', pipeline: route.pipeline, executionId: route.executionId }) };
}
