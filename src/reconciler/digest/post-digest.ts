import type { App } from '../../domain/app.ts';
import { nextCut, type DigestCut, type DigestSpan } from '../../domain/digest/cut.ts';
import type { Digest } from '../../domain/digest/digest.ts';
import { digestTimes, USUAL_DIGEST } from '../../domain/digest/weekly.ts';
import type { Time } from '../../domain/observation.ts';
import type { Claim, World } from '../../ports.ts';
import { digestMessage } from '../../views/digest/digest.ts';
import { syncMessages } from '../sync-thread.ts';

/** How a digest is read; handed in, for `/jack digest` reads the same. */
export type ReadDigest = (app: App, span: DigestSpan, world: World) => Promise<Digest>;

/**
 * Posts the app's digest when its time has come. The time follows from the clock, and what it tells of is written down
 * before the post: a crash neither doubles nor loses one, and after an absence only the newest comes, which tells of the
 * time since the last one. Answers when the next is due; undefined: never.
 */
export async function postDigest(app: App, read: ReadDigest, world: World, claim?: Claim): Promise<Time | undefined> {
  const { store, clock } = world;
  const owner = `digest:${app.name}`;
  const noted = (await store.note(owner)) ?? '';
  if (app.digest === 'off') {
    if (noted !== '') await store.setNote(owner, '');
    return undefined;
  }
  const now = clock.now();
  const { last, next } = digestTimes(app.digest ?? USUAL_DIGEST, now);
  const known = noted === '' ? undefined : (JSON.parse(noted) as DigestCut);
  const wasPosted = await isPosted(owner, known, world);
  const cut = nextCut(known, wasPosted, last, { at: now, seq: 0, ...(await store.auditHead()) });
  if (cut !== known) await store.setNote(owner, JSON.stringify(cut));
  if (cut.week !== undefined && (cut !== known || !wasPosted)) await syncMessages(owner, [digestMessage(cut.week, await read(app, cut, world))], world, claim);
  return next.at;
}

/** A row that says *posting* does not tell whether Slack took it. */
async function isPosted(owner: string, known: DigestCut | undefined, { store }: World): Promise<boolean> {
  if (known?.week === undefined) return false;
  const { week } = known;
  return (await store.messages(owner)).some(({ key, state }) => key === `week:${week}` && state !== 'posting');
}
