import type { App, Environment } from '../domain/app.ts';
import { Fault } from '../domain/faults.ts';
import type { Time } from '../domain/observation.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';
import { placeOfThread } from '../operations/barriers/find-barrier.ts';
import type { TimeSaid } from '../views/barriers/barrier-answers.ts';
import type { Asking } from './command.ts';
import { readTarget, type Known, type Target } from './target.ts';
import { isTimeWord, readTime, TO_COME, type Timed } from './times.ts';

/** `[<app>] <environment> [reason…] [for 2h | until …]`, read. In the thread of a lock, a freeze or a release its environment may be left out. */
export interface BarrierTarget {
  readonly app: App;
  readonly environment: Environment;
  readonly reason?: string;
  /** As typed; absent: no time was named. */
  readonly until?: Time;
  readonly said: TimeSaid;
}

export async function readBarrierTarget(words: readonly string[], asking: Asking): Promise<Answer<BarrierTarget>> {
  const { said, world } = asking;
  const target = await placeOf(words, asking);
  if (!target.ok) return target;
  const zone = await zoneOf(asking);
  const time = readTime(target.value.words, { now: said.at, zone: zone ?? 'UTC' });
  if (!time.ok) return time;
  const { until } = time.value;
  if (until !== undefined && until <= world.clock.now()) return no({ kind: 'bad-time', words: target.value.words.join(' '), allowed: TO_COME });
  const { app, environment } = target.value;
  const reason = time.value.words.join(' ').replaceAll(/^["']|["']$/g, '').trim();
  return yes({ app, environment, ...(until !== undefined && { until }), said: howSaid(time.value, zone), ...(reason !== '' && { reason }) });
}

function howSaid(time: Timed, zone: string | undefined): TimeSaid {
  if (time.until === undefined) return 'usual';
  return time.zone !== undefined && zone === undefined ? 'utc' : 'said';
}

interface PlaceNamed {
  readonly app: App;
  readonly environment: Environment;
  /** What stands behind the names, with its quotes. */
  readonly words: readonly string[];
}

async function placeOf(words: readonly string[], { said, world, known }: Asking): Promise<Answer<PlaceNamed>> {
  const { threadTs } = said.reply;
  const isUnnamed = words.length === 0 || isTimeWord(words[0] ?? '');
  const here = isUnnamed && threadTs !== undefined ? await placeOfThread(said.channel, threadTs, world) : undefined;
  if (here) return yes({ app: here.app, environment: here.environment, words });
  const target = readPlace(words, known);
  if (!target.ok) return target;
  const { app, environment, revision, reason } = target.value;
  if (revision !== undefined) return no({ kind: 'not-understood', words: words.join(' '), usages: ['/deploy lock <environment> <reason>', '/deploy unlock <environment>'] });
  return yes({ app, environment, words: reason === undefined ? [] : words.slice(-reason.split(' ').length) });
}

/** A lock is for no revision: an `@word` of its own behind the environment is a person, and belongs to the reason. */
function readPlace(words: readonly string[], known: Known): Answer<Target> {
  const target = readTarget(words.map(hidden), known);
  if (!target.ok || target.value.revision === undefined) return target;
  return readTarget(words.map((word, at) => (at === 0 ? hidden(word) : hidden(word).replace(/^@/, '\u0001'))), known);
}

/** A reason loses the quotes around it, and they say what is no time: so they are put out of sight. */
function hidden(word: string): string {
  return word.replaceAll(/["']/g, '\u0001');
}

/** Undefined: Slack does not tell, or does not answer; a clock is read as UTC then, and the answer says so. */
async function zoneOf({ said, world }: Asking): Promise<string | undefined> {
  try {
    const zone = await world.slack.people.zone(said.user);
    return zone !== undefined && isZone(zone) ? zone : undefined;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return undefined;
  }
}

/** Slack may know a name that this Node does not. */
function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
