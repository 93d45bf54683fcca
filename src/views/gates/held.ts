import type { Closed } from '../../domain/gates/gate.ts';
import { isOver, type Release, type Waiting } from '../../domain/release.ts';
import { alarmWords, disabledWords, goesOnWords } from './gate-words.ts';
import type { WantedMessage } from '../message.ts';
import { replyMessage } from '../replies.ts';
import { dateAndClock, listed, plain } from '../words.ts';

/** A gate closed in front of the release. Quiet: nobody is mentioned, for nobody has to do anything at once. */
export function heldReply(release: Release, key: string, waiting: Waiting): readonly WantedMessage[] {
  if (waiting.for !== 'gate') return [];
  const onward = isOver(release) ? '' : ` ${goesOnWords(waiting.because)}.`;
  return [replyMessage(release, key, `:no_entry: Held in front of *${plain(release.environment, 60)}*: ${whyWords(waiting.because)}.${onward}`)];
}

function whyWords(closed: Closed): string {
  switch (closed.because) {
    case 'locked':
      return `it is locked until ${dateAndClock(closed.until)}${closed.reason === '' ? '' : ` (“${plain(closed.reason, 300)}”)`}`;
    case 'held-elsewhere':
      return listed(closed.transitions.map(disabledWords));
    case 'frozen':
      return `it is frozen until ${dateAndClock(closed.freeze.until)}${closed.freeze.reason === '' ? '' : ` (“${plain(closed.freeze.reason, 300)}”)`}`;
    case 'not-yet-on':
      return `it has not been live on ${listed(closed.environments.map((name) => `*${plain(name, 60)}*`))} yet`;
    case 'alarms':
      return alarmWords(closed);
    default:
      return 'a gate is closed';
  }
}
