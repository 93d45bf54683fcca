import { isOver, wasReplaced, type Release, type ReleaseStatus, type Waiting } from '../domain/release.ts';
import { isStopping } from '../domain/approvals/stopping.ts';
import { barrierIn } from '../domain/barriers/barriers.ts';
import { isOnlyChecked } from '../domain/occupancy.ts';
import { holderOf } from '../domain/effect.ts';
import { closedWords, goesOnWords } from './gates/gate-words.ts';
import { mention, nameInArn, plain } from './words.ts';

/** Mark and words of each status, as they stand in the headline. */
const STATUS: Readonly<Record<ReleaseStatus, { readonly mark: string; readonly words: string }>> = {
  requested: { mark: ':hourglass_flowing_sand:', words: 'getting ready' },
  waiting: { mark: ':raised_hand:', words: 'waiting' },
  running: { mark: ':rocket:', words: 'on its way' },
  verifying: { mark: ':mag:', words: 'deployed, checking that it is true' },
  live: { mark: ':white_check_mark:', words: 'live' },
  'live-not-verified': { mark: ':warning:', words: 'live, not verified' },
  failed: { mark: ':x:', words: 'failed' },
  'mixed-versions': { mark: ':x:', words: 'mixed versions' },
  'rolled-back-by-beanstalk': { mark: ':rewind:', words: 'rolled back by Beanstalk' },
  rejected: { mark: ':no_entry:', words: 'rejected' },
  expired: { mark: ':alarm_clock:', words: 'expired: not approved in time' },
  superseded: { mark: ':fast_forward:', words: 'superseded by a newer execution' },
  cancelled: { mark: ':wastebasket:', words: 'cancelled' },
  lost: { mark: ':grey_question:', words: 'lost: AWS does not know it any more' },
};

/** What was replaced before it was found to be live says so, and no more. */
const REPLACED = { mark: ':fast_forward:', words: 'deployed, and replaced before the check had ended' };

export function statusMark(release: Release): string {
  if (wasReplaced(release) && isOver(release)) return REPLACED.mark;
  return STATUS[release.status].mark;
}

/** The status in words, with what is waited for. */
export function statusWords(release: Release): string {
  if (release.cancel && !release.cancel.refused && !isOver(release) && !cameTooLate(release)) return release.cancel.by === 'jack' ? 'being stopped by Jack' : `being cancelled by ${mention(release.cancel.by)}`;
  if (isStopping(release) && release.status !== 'verifying') return 'being stopped in AWS';
  if (release.status === 'waiting' && release.waiting) return waitingWords(release.waiting);
  return wasReplaced(release) && isOver(release) ? REPLACED.words : STATUS[release.status].words;
}

/** It is deployed, and nothing was aborted: the wish to cancel stops nothing any more. */
function cameTooLate(release: Release): boolean {
  return release.cancel?.abortAsked !== true && isOnlyChecked(release);
}

/** What is waited for, in words. */
export function waitingWords(waiting: Waiting): string {
  switch (waiting.for) {
    case 'queue':
      return `waiting in the queue${waiting.environment === undefined ? '' : ` of ${plain(waiting.environment, 60)}`}, place ${waiting.place}, behind #${waiting.behind}${waiting.place > 1 ? ` and ${waiting.place - 1} more` : ''}`;
    case 'environment': {
      const which = `the environment${waiting.environment === undefined ? '' : ` ${plain(waiting.environment, 60)}`}`;
      return waiting.status === 'unknown' ? `waiting: Beanstalk does not say whether ${which} is Ready` : `waiting until ${which} is Ready (it is ${plain(waiting.status, 40)})`;
    }
    case 'approval':
      return 'waiting for approval';
    case 'transition': {
      const holder = waiting.foreign ? undefined : holderOf(waiting.reason);
      if (holder !== undefined) return `waiting: #${holder} works there, and holds the transition into ${plain(waiting.stage, 100)} meanwhile; if #${holder} is over, its thread says what to do`;
      if (!waiting.foreign && barrierIn(waiting.reason) !== undefined) return `waiting in front of ${plain(waiting.stage, 100)}, which a lock or a freeze keeps closed: the thread of that says whose it is, and afterwards asks whether this may go in`;
      const by = waiting.by === undefined ? '' : ` by ${nameInArn(waiting.by)}`;
      return `waiting: the transition into ${plain(waiting.stage, 100)} is disabled${by}: “${plain(waiting.reason, 120)}”. It goes on when that is enabled in AWS`;
    }
    case 'stage':
      return `waiting until stage ${plain(waiting.stage, 100)} is free`;
    case 'gate':
      return `held${waiting.environment === undefined ? '' : ` in front of ${plain(waiting.environment, 60)}`}: the environment ${closedWords(waiting.gate, waiting.because)}. ${goesOnWords(waiting.because)}`;
    default:
      return waiting satisfies never;
  }
}
