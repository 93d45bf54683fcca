import type { App } from '../../domain/app.ts';
import { lastOver, type Barrier, type BarrierNote, type Barriers } from '../../domain/barriers/barriers.ts';
import { whoIsAsked } from '../../domain/barriers/open-question.ts';
import { transitionWords, endWords, holderWords, placeWords, stateWords, stillInForce } from './barrier-words.ts';
import { actions, button, section } from '../blocks.ts';
import type { WantedMessage } from '../message.ts';
import { counted, dateAndClock, listed, mention, mentions, nameInArn, plain } from '../words.ts';

type Of<Kind extends BarrierNote['what']['kind']> = Extract<BarrierNote['what'], { readonly kind: Kind }>;

/** What the replies are made from, besides the note. */
export interface BarrierThread {
  readonly barrier: Barrier;
  readonly barriers: Barriers;
  readonly app: App;
}

/** The messages of one thing that happened: a reply, and where one person has to know, a direct message. */
export function barrierReplies(thread: BarrierThread, { key, what }: BarrierNote): readonly WantedMessage[] {
  switch (what.kind) {
    case 'inside':
      return insideReplies(thread, key, what);
    case 'nag':
      return [nagReply(thread, key, what)];
    case 'asked-for':
      return [reply(thread, key, `:wave: ${holderWords(thread.barrier.by)}, ${mention(what.by)} asks whether you still need ${placeWords(thread.barriers)}.`)];
    case 'stolen':
      return stolenReplies(thread, key, what);
    case 'refused-by-aws':
      return [reply(thread, key, refusedWords(what))];
    case 'allowed-by-aws':
      return [reply(thread, key, `:white_check_mark: AWS lets me ${what.what === 'hold' ? 'close' : 'open'} ${transitionWords(what)} now: it is ${what.what === 'hold' ? 'held' : 'open'}.`)];
    case 'foreign':
      return [reply(thread, key, foreignWords(what))];
    case 'drift':
      return [reply(thread, key, driftWords(what))];
    case 'may-flow-in':
      return [askingReply(thread, key, what)];
    case 'may-go-on':
      return [mayGoOnReply(thread, key, what)];
    case 'let-in':
      return [reply(thread, key, `:arrow_right: ${mention(what.by)} lets ${letInWords(thread, what)} in.`)];
    case 'stopped':
      return [reply(thread, key, `:wastebasket: ${mention(what.by)} stops ${listed(what.releases.map(whichWords))}.`)];
    case 'lengthened':
      return [reply(thread, key, `:lock: #${what.rollback} rolls ${placeWords(thread.barriers)} back: this lock lasts until ${dateAndClock(what.until)} for it.`)];
    case 'as-before':
      return [reply(thread, key, `:lock: #${what.rollback} changed nothing: this lock lasts until ${dateAndClock(what.until)}, as before.`)];
    case 'ended':
      return endedReplies(thread, key);
    default:
      return what satisfies never;
  }
}

function reply({ app }: BarrierThread, key: string, text: string, more: { readonly blocks?: WantedMessage['blocks'] } = {}): WantedMessage {
  return { key, channel: app.channel, place: 'reply', text, blocks: more.blocks ?? [section(text)] };
}

/** What a rollback finds at work when it takes the lock its own thread tells: it aborts that, or waits for it. */
function insideReplies(thread: BarrierThread, key: string, what: Of<'inside'>): readonly WantedMessage[] {
  const isTold = thread.barrier.rollback !== undefined && what.late === undefined;
  const releases = isTold ? what.releases.filter(({ deploying }) => !deploying) : what.releases;
  return releases.length === 0 ? [] : [insideReply(thread, key, { ...what, releases })];
}

/** Each with its own *Reject*, where it still waits for an answer. */
function insideReply(thread: BarrierThread, key: string, { releases, late }: Of<'inside'>): WantedMessage {
  const text = `:eyes: ${insideWords(thread, late)}:`;
  const blocks = releases.slice(0, 20).flatMap(({ number, executionId, approvalId, what }) => {
    const asks = approvalId !== undefined && thread.barrier.ended === undefined;
    const words = section(`• ${whichWords({ executionId, ...(number !== undefined && { number }), what })}${asks ? ', at its approval: a yes there waits until this is over' : ''}`);
    return asks ? [words, actions(`inside:${executionId}`, button('Reject', 'approval.reject', approvalId, { style: 'danger' }))] : [words];
  });
  return reply(thread, key, `${text} ${releases.map(whichWords).join(', ')}`, { blocks: [section(text), ...blocks] });
}

function insideWords({ barriers }: BarrierThread, late: Of<'inside'>['late']): string {
  const where = placeWords(barriers);
  if (late === 'retried') return `Retried in AWS inside ${where}, where no transition holds it`;
  return late ? `Came into ${where} while the way stood open` : `Already inside ${where} when this began, behind the transition`;
}

/** '#412 `4369dde` Fix the basket'. */
function whichWords({ number, executionId, what }: { readonly number?: number; readonly executionId: string; readonly what: string }): string {
  return `${number === undefined ? `\`${plain(executionId.slice(0, 8), 40)}\`` : `#${number}`} ${plain(what, 100).replace(/^[0-9a-f]{7}(?= |$)/, '`$&`')}`;
}

/** Only the newest one asks, and while it is held: what stood in an older one is not true for ever. */
function nagReply(thread: BarrierThread, key: string, { count }: Of<'nag'>): WantedMessage {
  const { barrier } = thread;
  const isNewest = !barrier.notes.some(({ what }) => what.kind === 'nag' && what.count > count);
  if (!isNewest || barrier.ended !== undefined) return reply(thread, key, `:alarm_clock: I asked ${holderWords(barrier.by)} whether they still need ${placeWords(thread.barriers)}.`);
  const text = `:alarm_clock: ${holderWords(barrier.by)}, you have held ${placeWords(thread.barriers)} since ${dateAndClock(barrier.since)}. Do you still need it? It ends by itself ${dateAndClock(barrier.until)}.`;
  return reply(thread, key, text, { blocks: [section(text), actions('barrier:nag', button('Unlock', 'barrier.unlock', barrier.id), button('Keep it', 'barrier.keep', barrier.id))] });
}

function stolenReplies(thread: BarrierThread, key: string, { by, from, reason }: Of<'stolen'>): readonly WantedMessage[] {
  const why = reason === undefined || reason === '' ? '' : `\n> ${plain(reason, 400)}`;
  const told = reply(thread, key, `:raised_hand: ${mention(by)} took the lock of ${placeWords(thread.barriers)} over from ${mention(from)}.${why}`);
  const text = `:raised_hand: ${mention(by)} took your lock of ${placeWords(thread.barriers)} over.${why}\nIt is told in <#${thread.app.channel}>.`;
  return [told, { key: `dm:stolen:${key}`, channel: from, place: 'root', text, blocks: [section(text)] }];
}

function refusedWords({ what, text, ...transition }: Of<'refused-by-aws'>): string {
  const words = plain(text, 400);
  return what === 'hold'
    ? `:warning: AWS does not let me close ${transitionWords(transition)}: ${words}\nThe rule holds here in Slack all the same; a push or a console release can still get through. I try again now and then, and say when it works.`
    : `:warning: AWS does not let me open ${transitionWords(transition)} again: ${words}\nEnable the transition in CodePipeline, or nothing gets through. I try again now and then, and say when it works.`;
}

function foreignWords({ reason, by, ...transition }: Of<'foreign'>): string {
  return `:lock_with_ink_pen: ${transitionWords(transition)} is closed already${by === undefined ? '' : ` by ${nameInArn(by)}`}: “${plain(reason, 300)}”. I leave it as it is, also afterwards.`;
}

function driftWords({ by, next, ...transition }: Of<'drift'>): string {
  const who = by === undefined ? 'Somebody' : nameInArn(by);
  return next === 'put-back'
    ? `:warning: ${who} opened ${transitionWords(transition)} in AWS while it is to be closed. I close it again, this once.`
    : `:warning: ${who} opened ${transitionWords(transition)} in AWS again. I leave it open now: what comes by a push or the console gets through. Talk to each other, or unlock.`;
}

/** Once something else waits, or nothing does, there is nothing to answer here any more. */
function askingReply(thread: BarrierThread, key: string, { waiting, ...transition }: Of<'may-flow-in'>): WantedMessage {
  const { barriers } = thread;
  const text = `${askedWords(thread)}${waiting.map(whichWords).join(', ')} ${waiting.length === 1 ? 'waits' : 'wait'} in front of ${transitionWords(transition)}. May ${waiting.length === 1 ? 'it' : 'they'} flow in?`;
  return question(thread, key, text, isAsked(barriers, transition, waiting));
}

/** The same, of what Jack itself holds: in front of no transition, but approved, or never started. */
function mayGoOnReply(thread: BarrierThread, key: string, { waiting }: Of<'may-go-on'>): WantedMessage {
  const { barrier, barriers } = thread;
  const one = waiting.length === 1;
  const names = listed(waiting.map((held) => `${whichWords(held)}${held.by === undefined ? '' : ` (asked for by ${mention(held.by)})`}`));
  const text = `${askedWords(thread)}I held ${names} for this ${barrier.kind}. May ${one ? 'it' : 'they'} go on to ${placeWords(barriers)} now?`;
  return question(thread, key, text, JSON.stringify(barriers.kept?.asked) === JSON.stringify(waiting.map(({ executionId }) => executionId)));
}

/** Who ended it is called; for one that nobody ended, its holder; else the owners. */
function askedWords({ barrier, app }: BarrierThread): string {
  const asked = whoIsAsked(barrier);
  const who = asked === undefined ? mentions(app.people.owners) : mention(asked);
  return who === '' ? '' : `${who}: `;
}

function question(thread: BarrierThread, key: string, text: string, isOpen: boolean): WantedMessage {
  const { id } = thread.barrier;
  const isLast = lastOver(thread.barriers.all.filter(({ ended }) => ended !== undefined))?.id === id;
  const buttons = [button('Let it in', 'barrier.let-in', id, { style: 'primary' }), button('Stop it', 'barrier.stop-waiting', id, { style: 'danger' })];
  return reply(thread, key, text, { blocks: [section(`:vertical_traffic_light: ${text}`), ...(isOpen && isLast ? [actions('barrier:may-flow-in', ...buttons)] : [section('_That is settled._')])] });
}

/** By the numbers of the releases, where the questions named them. */
function letInWords({ barrier }: BarrierThread, { executionIds, numbers }: Of<'let-in'>): string {
  if (numbers !== undefined) return listed(numbers.map((number) => `#${number}`));
  const asked = barrier.notes.flatMap(({ what }) => (what.kind === 'may-flow-in' || what.kind === 'may-go-on' ? what.waiting : []));
  const known = executionIds.flatMap((id) => asked.find(({ executionId }) => executionId === id)?.number ?? []);
  return known.length === executionIds.length && known.length <= 10 ? listed(known.map((number) => `#${number}`)) : counted(executionIds.length, 'execution');
}

function isAsked({ holds }: Barriers, transition: { readonly pipeline: string; readonly stage: string }, waiting: Of<'may-flow-in'>['waiting']): boolean {
  const hold = holds.find((one) => one.pipeline === transition.pipeline && one.stage === transition.stage);
  const ids = waiting.map(({ executionId }) => executionId);
  const answered = ids.every((id) => hold?.agreed?.includes(id) === true);
  return hold?.state === 'held' && JSON.stringify(hold.asked) === JSON.stringify(ids) && !answered;
}

/** Those who waited for this moment are called: in a message of its own, for an edit calls nobody. */
function endedReplies(thread: BarrierThread, key: string): readonly WantedMessage[] {
  const { barrier, barriers } = thread;
  const told = reply(thread, key, `${barrier.ended?.how === 'stolen' ? ':lock:' : ':unlock:'} ${placeWords(barriers)}: ${endWords(barrier)}.`);
  if (barrier.watchers.length === 0) return [told];
  const next = stillInForce(barrier, barriers);
  const now = next === undefined ? 'is free' : `is not free yet: it is ${stateWords(next)} until ${dateAndClock(next.until)}`;
  return [told, reply(thread, 'free', `:bell: ${mentions([...new Set(barrier.watchers.map(({ user }) => user))])}: ${placeWords(barriers)} ${now}.`)];
}
