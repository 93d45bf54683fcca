import type { Button } from '@slack/types';
import type { App } from '../../domain/app.ts';
import { barrierIn, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { barrierReplies } from './barrier-replies.ts';
import { transitionWords, endWords, holdWords, placeWords, stateWords, timeWords } from './barrier-words.ts';
import { actions, button, context, section } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import { mention, plain } from '../words.ts';

/** The whole thread of a lock or a freeze as it should read now. The buttons' values are the barrier's id, and no more. */
export function barrierThread(barrier: Barrier, barriers: Barriers, app: App): readonly WantedMessage[] {
  const thread = { barrier, barriers, app };
  return [headline(barrier, barriers, app), ...barrier.notes.flatMap((note) => barrierReplies(thread, note))];
}

function headline(barrier: Barrier, barriers: Barriers, app: App): WantedMessage {
  const inForce = barrier.ended === undefined;
  const state = inForce ? stateWords(barrier) : endWords(barrier);
  const mark = inForce && barrier.kind === 'freeze' ? ':snowflake:' : inForce || barrier.ended?.how === 'stolen' ? ':lock:' : ':unlock:';
  const below = belowWords(barrier, barriers);
  return {
    key: 'headline',
    channel: app.channel,
    place: 'root',
    text: `${plain(barriers.app, 60)} → ${plain(barriers.environment, 60)}: ${state}`,
    blocks: [
      section(`${mark} ${placeWords(barriers)}  ${state}${whyWords(barrier)}`),
      context(inForce ? timeWords(barrier) : `${stateWords(barrier)}  ·  ${timeWords(barrier)}`),
      ...(below.length > 0 ? [context(below.join('\n'))] : []),
      ...(inForce ? [actions(`barrier:${barrier.kind}`, ...buttons(barrier, barriers))] : []),
    ],
  };
}

function whyWords({ reason, takenFrom, rollback, window }: Barrier): string {
  const why = reason === '' || window !== undefined ? '' : `\n“${plain(reason, 300)}”`;
  const from = takenFrom === undefined ? '' : `\nTaken over from ${mention(takenFrom)}.`;
  const forRollback = rollback === undefined || rollback === 0 ? '' : `\nTaken by the rollback #${rollback}, so that the next push does not ship the same fault again.`;
  return `${why}${from}${forRollback}`;
}

/** While it is in force all ways in; afterwards those that are closed for it still. */
function belowWords(barrier: Barrier, { holds }: Barriers): readonly string[] {
  const shown = barrier.ended === undefined ? holds : holds.filter(({ reason, state }) => barrierIn(reason) === barrier.id && (state === 'held' || state === 'stuck'));
  const foreign = barrier.notes.flatMap(({ what }) => (what.kind === 'foreign' && barrier.ended === undefined && !holds.some((hold) => hold.pipeline === what.pipeline && hold.stage === what.stage) ? [what] : []));
  const transitions = new Map(foreign.map((what) => [`${what.pipeline}/${what.stage}`, `:lock_with_ink_pen: ${transitionWords(what)} was closed by somebody else already, and stays theirs: “${plain(what.reason, 150)}”.`]));
  return [...shown.map((hold) => (barrier.ended && hold.state === 'held' ? `:no_entry: ${transitionWords(hold)} is still closed; what waits there is asked about below.` : holdWords(hold))), ...transitions.values()];
}

/** The server decides who may; what is shown is what makes sense now. */
function buttons(barrier: Barrier, { environment }: Barriers): readonly Button[] {
  const tell = button('Tell me when it is free', 'barrier.watch', barrier.id);
  if (barrier.kind === 'freeze') return [button('Thaw', 'barrier.thaw', barrier.id, { confirm: { title: 'Thaw?', text: `*${plain(environment, 60)}* takes releases again. Owners only.`, yes: 'Thaw', no: 'Leave it frozen' } }), tell];
  const steal = button('Steal', 'barrier.steal', barrier.id, {
    style: 'danger',
    confirm: { title: 'Take the lock over?', text: `The holder is told. *${plain(environment, 60)}* stays locked, by you.`, yes: 'Take it over', no: 'Leave it' },
  });
  return [button('Unlock', 'barrier.unlock', barrier.id), button('Ask the holder', 'barrier.ask', barrier.id), tell, steal];
}
