import type { Barrier } from '../../domain/barriers/barriers.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import type { Revision } from '../../domain/revision.ts';
import { actions, button, section } from '../blocks.ts';
import type { Reply } from '../reply.ts';
import { counted, dateAndClock, listed, mention, nameInArn, plain, revisionWords } from '../words.ts';

interface Named {
  readonly name: string;
}

/** usual: they said no time. utc: a clock was named, and nobody knows in which zone they are. */
export type TimeSaid = 'said' | 'usual' | 'utc';

/** An execution that waits in front of a transition which Jack holds, or, without a stage, a release that Jack itself holds back. */
export interface ShownWaiting {
  readonly executionId: string;
  readonly stage?: string;
  readonly release?: { readonly number: number };
  readonly revision: Revision;
}

/** What the caller alone is told when a lock is theirs. */
export function lockedReply(app: Named, environment: Named, { lock, how }: { readonly lock: Barrier; readonly how: 'taken' | 'extended' | 'as-it-was' }, said: TimeSaid): Reply {
  const where = placeWords(app, environment);
  const first = { taken: `${where} is yours`, extended: `${where} was yours already; it stays so`, 'as-it-was': `${where} is yours` }[how];
  const own = `Others’ releases wait or are refused; you still get in with a version (\`@<revision>\`) or a rollback. \`/deploy unlock ${plain(environment.name, 60)}\` ends it.`;
  return answer(`:lock: ${first} until ${dateAndClock(lock.until)}${reasonWords(lock.reason)}. ${how === 'taken' || said !== 'usual' ? timeWords(said) : ''}${own}`);
}

export interface ShownUnlock {
  readonly agreed: readonly ShownWaiting[];
  readonly stopped: readonly ShownWaiting[];
  readonly foreign: readonly DisabledTransition[];
  readonly blind: boolean;
  readonly freeze?: Barrier;
  readonly lock: Barrier;
}

export function unlockedReply(app: Named, environment: Named, { lock, agreed, stopped, foreign, blind, freeze }: ShownUnlock): Reply {
  const lines = [
    `:unlock: ${placeWords(app, environment)} is unlocked${lock.ended?.by === lock.by ? '' : `; it was ${who(lock.by)}’s`}.`,
    ...(agreed.length > 0 ? [`Flows in now: ${listed(agreed.map(waitingName))}.`] : []),
    ...(stopped.length > 0 ? [`Asked to stop: ${listed(stopped.map(waitingName))}. The way in stays closed until nothing waits there.`] : []),
    ...(freeze ? [`It is still frozen until ${dateAndClock(freeze.until)}${reasonWords(freeze.reason)}, so nothing flows in yet.`] : []),
    ...foreign.map((transition) => `:no_entry: The transition into stage ${plain(transition.stage, 100)} was disabled${transition.by === undefined ? '' : ` by ${nameInArn(transition.by)}`}, not by me${reasonWords(transition.reason)}. It stays so: enable it in AWS.`),
    ...(blind ? [':warning: AWS does not answer, so I cannot see what waits in front. If something does, I ask in the lock’s thread before it flows in.'] : []),
  ];
  return answer(lines.join('\n'));
}

/** Something waits in front: what becomes of it is for the caller to say. `redrawn`: what waits has changed since the last question. */
export function unlockQuestionReply(app: Named, environment: Named, waiting: readonly ShownWaiting[], id: string, redrawn: boolean): Reply {
  const changed = redrawn ? ':warning: Something else waits there now, so nothing was done. ' : '';
  const counting = waiting.some(({ stage }) => stage === undefined) ? counted(waiting.length, 'release waits', 'releases wait') : counted(waiting.length, 'execution waits', 'executions wait');
  const text = `${changed}Unlock ${placeWords(app, environment)}? ${counting} in front of it and would flow in.`;
  return {
    text,
    blocks: [
      section([text, ...waiting.slice(0, 10).map((one) => `• ${waitingWords(one)}`), ...(waiting.length > 10 ? [`• and ${waiting.length - 10} more`] : [])].join('\n')),
      actions(
        'unlock:confirm',
        button(waiting.length === 1 ? 'Unlock and let it in' : 'Unlock and let them in', 'barrier.unlock-let-in', id, { style: 'primary' }),
        button(waiting.length === 1 ? 'Stop it and unlock' : 'Stop them and unlock', 'barrier.unlock-stop', id, { style: 'danger' }),
        button('Keep the lock', 'choose.nothing', id),
      ),
    ],
  };
}

/** Before an owner takes a lock over. */
export function stealQuestionReply(app: Named, environment: Named, { lock, until, reason }: { readonly lock: Barrier; readonly until: number; readonly reason?: string }, id: string): Reply {
  const text = `Take ${placeWords(app, environment)} over from ${who(lock.by)}?`;
  const lines = [
    text,
    `• locked since ${dateAndClock(lock.since)}, until ${dateAndClock(lock.until)}${reasonWords(lock.reason)}`,
    `• yours then until ${dateAndClock(until)}${reason === undefined ? '; the reason stays' : reasonWords(reason)}`,
    `${who(lock.by)} is told.`,
  ];
  return { text, blocks: [section(lines.join('\n')), actions('steal:confirm', button('Steal', 'barrier.steal-confirm', id, { style: 'danger' }), button('Leave it', 'choose.nothing', id))] };
}

export function stolenReply(app: Named, environment: Named, lock: Barrier): Reply {
  const from = lock.takenFrom === undefined ? '' : `; ${mention(lock.takenFrom)} is told`;
  return { ...answer(`:lock: ${placeWords(app, environment)} is yours until ${dateAndClock(lock.until)}${reasonWords(lock.reason)}${from}.`), replaceOriginal: true };
}

export function frozenReply(app: Named, environment: Named, { freeze, how }: { readonly freeze: Barrier; readonly how: 'set' | 'changed' | 'as-it-was' }, said: TimeSaid): Reply {
  const first = how === 'changed' ? 'stays frozen' : 'is frozen';
  return answer(`:snowflake: ${placeWords(app, environment)} ${first} until ${dateAndClock(freeze.until)}${reasonWords(freeze.reason)}. ${how === 'set' || said !== 'usual' ? timeWords(said) : ''}\`/deploy thaw ${plain(environment.name, 60)}\` ends it.`);
}

export interface ShownThaw {
  readonly windows: readonly { readonly window: string; readonly until: number }[];
  /** What still keeps releases out. */
  readonly still?: { readonly lock?: Barrier; readonly freeze?: { readonly until: number; readonly reason: string } };
}

export function thawedReply(app: Named, environment: Named, { windows, still }: ShownThaw): Reply {
  const where = placeWords(app, environment);
  const coming = windows.length === 0 ? '' : ` ${listed(windows.map(({ window }) => `“${plain(window, 60)}”`))} of jack.yml ${windows.length === 1 ? 'is' : 'are'} off for this time and ${windows.length === 1 ? 'comes' : 'come'} again the next.`;
  const { lock, freeze } = still ?? {};
  const locked = lock ? ` It is locked by ${who(lock.by)} until ${dateAndClock(lock.until)}${reasonWords(lock.reason)}, so nothing flows in yet.` : '';
  if (freeze) return answer(`:droplet: This freeze of ${where} is over.${coming} Another one goes on until ${dateAndClock(freeze.until)}${reasonWords(freeze.reason)}, so nothing flows in yet.${locked}`);
  return answer(`:droplet: ${where} is thawed.${coming}${locked === '' ? ' What waits in front of it flows in only when you say so in its thread.' : locked}`);
}

export function askedReply(lock: Barrier, asked: boolean): Reply {
  return answer(asked ? `I asked ${who(lock.by)} in the lock’s thread.` : `You asked ${who(lock.by)} a moment ago; give them a little time.`);
}

export function watchedReply(barrier: Barrier): Reply {
  return answer(`You are told in its thread when it is free. As things stand, that is by ${dateAndClock(barrier.until)}.`);
}

export function keptReply(barrier: Barrier): Reply {
  return answer(`It stays yours until ${dateAndClock(barrier.until)}.`);
}

/** An execution of which Jack has no release yet. */
export function cannotStopReply(executionIds: readonly string[]): Reply {
  return answer(`I have no release of execution ${listed(executionIds.slice(0, 5).map((id) => `\`${plain(id, 40)}\``))} yet, so I cannot stop it, and nothing was done. Try again in a minute, or stop it in the CodePipeline console.`);
}

export function letInReply(count: number): Reply {
  return answer(`${count === 1 ? 'It' : `All ${count}`} may go in; I open the way now.`);
}

export function stopWaitingReply(numbers: readonly number[]): Reply {
  if (numbers.length === 0) return answer('What waited there is over already; nothing flows in.');
  return answer(`Asked to stop: ${listed(numbers.map((number) => `#${number}`))}. It is over when AWS shows it; nothing flows in.`);
}

function answer(text: string): Reply {
  return { text, blocks: [section(text)] };
}

function placeWords(app: Named, environment: Named): string {
  return `*${plain(app.name, 60)} → ${plain(environment.name, 60)}*`;
}

function reasonWords(reason: string): string {
  return reason.trim() === '' ? '' : `: “${plain(reason, 300)}”`;
}

function timeWords(said: TimeSaid): string {
  if (said === 'said') return '';
  if (said === 'utc') return 'I read the time as UTC, for Slack does not tell your zone. ';
  return 'You named no time, so it lasts 24 hours; say `for 2h` or `until 18:00` for another, 30 days at most. ';
}

function who(by: Barrier['by']): string {
  return by === 'jack.yml' ? 'jack.yml' : mention(by);
}

function waitingName({ release, revision }: ShownWaiting): string {
  return release === undefined ? revisionWords(revision) : `#${release.number}`;
}

function waitingWords({ executionId, release, revision, stage }: ShownWaiting): string {
  const author = revision.author === undefined ? '' : ` by ${revision.author.slackUser === undefined ? plain(revision.author.name, 80) : mention(revision.author.slackUser)}`;
  const name = release === undefined ? `execution \`${plain(executionId.slice(0, 8), 8)}\`` : `#${release.number}`;
  return `${name}: ${revisionWords(revision)}${author}, ${stage === undefined ? 'held by me until then' : `before stage ${plain(stage, 100)}`}`;
}
