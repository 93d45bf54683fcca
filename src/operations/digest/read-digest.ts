import type { App } from '../../domain/app.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { lockOf } from '../../domain/barriers/barriers.ts';
import type { AuditMark, DigestSpan } from '../../domain/digest/cut.ts';
import { endedIn, glassesIn, LONG_LOCK_MS, stealsIn, type Digest } from '../../domain/digest/digest.ts';
import type { Time } from '../../domain/observation.ts';
import { isOver, type Release } from '../../domain/release.ts';
import type { Store, World } from '../../ports.ts';

/** Lines that are read together. */
const PAGE = 500;
const WEEK_MS = 7 * 24 * 3_600_000;

/** What the audit tells of the app between two marks, and what stands now. Changes nothing, and asks only the store. */
export async function readDigest(app: App, span: DigestSpan, { store, clock }: Pick<World, 'store' | 'clock'>): Promise<Digest> {
  const lines = (await linesIn(span, store)).filter(({ on }) => on.app === app.name);
  return {
    app: app.name,
    channel: app.channel,
    span,
    isTornOff: await isTornOff(span, store),
    ended: await releasesOf(endedIn(lines), store),
    open: (await store.openReleases(app.name)).length,
    glasses: glassesIn(lines),
    steals: stealsIn(lines),
    longLocks: await longLocksOf(app, clock.now(), store),
  };
}

/** The last seven days, until now. */
export async function lastWeek({ store, clock }: Pick<World, 'store' | 'clock'>): Promise<DigestSpan> {
  const now = clock.now();
  const head = await store.auditHead();
  const from = now - WEEK_MS;
  const to: AuditMark = { at: now, seq: 0, ...head };
  return { from: { at: from, seq: await linesBefore(from, to.seq, store) }, to };
}

async function isTornOff({ from: { seq, hash } }: DigestSpan, store: Store): Promise<boolean> {
  if (hash === undefined) return false;
  const [line] = await store.auditLines({ after: seq - 1, limit: 1 });
  return line?.seq !== seq || line.hash !== hash;
}

async function linesIn({ from, to }: DigestSpan, store: Store): Promise<readonly AuditEntry[]> {
  const lines: AuditEntry[] = [];
  for (let after = from.seq; after < to.seq; after += PAGE) {
    const page = await store.auditLines({ after, limit: Math.min(PAGE, to.seq - after) });
    lines.push(...page);
  }
  return lines;
}

/** How many lines are older, found by halving: their times rise, but for moments, and their numbers have no gaps. */
async function linesBefore(time: Time, count: number, store: Store): Promise<number> {
  let [older, most] = [0, count];
  while (older < most) {
    const middle = Math.floor((older + most) / 2);
    const [line] = await store.auditLines({ after: middle, limit: 1 });
    if (line && line.at < time) older = middle + 1;
    else most = middle;
  }
  return older;
}

/** One that AWS runs again has not ended. */
async function releasesOf(numbers: readonly number[], store: Store): Promise<readonly Release[]> {
  const releases: Release[] = [];
  for (const number of numbers) {
    const release = await store.releaseByNumber(number);
    if (release && isOver(release)) releases.push(release);
  }
  return releases;
}

async function longLocksOf(app: App, now: Time, store: Store): Promise<Digest['longLocks']> {
  const found: Digest['longLocks'][number][] = [];
  for (const { name } of app.environments) {
    const lock = lockOf(await store.barriers(app.name, name), now);
    if (lock && now - lock.since > LONG_LOCK_MS) found.push({ environment: name, lock });
  }
  return found;
}
