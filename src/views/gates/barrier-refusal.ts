import type { KnownBlock } from '@slack/types';
import type { Barrier } from '../../domain/barriers/barriers.ts';
import { PASSABLE } from '../../domain/gates/gate.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { actions, button } from '../blocks.ts';
import { closedWords } from './gate-words.ts';
import { dateAndClock, listed, mention, plain } from '../words.ts';

type Of<Kind extends Refusal['kind']> = Extract<Refusal, { kind: Kind }>;

/** A gate is closed, or a lock or a freeze is not as somebody thinks. */
export type BarrierRefusal = Of<'gate-closed' | 'already-locked' | 'not-locked' | 'not-frozen' | 'not-yours'>;

/** What is in the way, since when, why, until when, and who can move it. */
export function barrierRefusalText(refusal: BarrierRefusal): string {
  const where = `*${plain(refusal.app, 60)} → ${plain(refusal.environment, 60)}*`;
  const name = plain(refusal.environment, 60);
  switch (refusal.kind) {
    case 'gate-closed':
      return `${where} ${closedWords(refusal.gate, refusal.closed)}, so nothing was started. ${nextWords(refusal)}`.trim();
    case 'already-locked':
      return refusal.mine
        ? `You hold ${where} already, until ${dateAndClock(refusal.lock.until)}. \`/deploy unlock ${name}\` gives it back.`
        : `${where} is ${lockWords(refusal.lock)}, so it is not yours. Ask them, or wait until it is free.`;
    case 'not-locked':
      return `Nobody holds ${where}, so ${NOTHING_TO[refusal.wish ?? 'unlock']}. \`/deploy why ${name}\` shows what is in the way.`;
    case 'not-frozen':
      return `${where} is not frozen, so there is nothing to thaw. \`/deploy why ${name}\` shows what is in the way.`;
    case 'not-yours':
      if (refusal.over) return overWords(where, refusal);
      return `${where} is ${lockWords(refusal.lock)}. Only they unlock it, or an owner: ${ownersOr(refusal.owners, 'ask whoever keeps jack.yml')}.`;
    default:
      return refusal satisfies never;
  }
}

const NOTHING_TO = {
  unlock: 'there is nothing to unlock',
  steal: 'there is nothing to steal',
  ask: 'there is nobody to ask',
  watch: 'it is free now',
} as const;

/** Who lets in or stops what waited, once the lock or the freeze is over. */
function overWords(where: string, { lock: { kind, by, ended }, owners }: Of<'not-yours'>): string {
  const holder = by === 'jack.yml' ? [] : [`${mention(by)} (who ${kind === 'lock' ? 'held it' : 'declared it'})`];
  const ender = ended?.by === undefined || ended.by === by ? [] : [`${mention(ended.by)} (who ended it)`];
  return `The ${kind} of ${where} is over, and what waited is let in or stopped by ${listed([...holder, ...ender, 'an owner'], 'or')}: ${ownersOr(owners, 'ask whoever keeps jack.yml')}.`;
}

/** What the caller can do about it at once. A button carries the lock's id, or that of the request that was refused. */
export function barrierRefusalBlocks(refusal: BarrierRefusal): readonly KnownBlock[] {
  const buttons = buttonsOf(refusal);
  return buttons.length === 0 ? [] : [actions('refused', ...buttons)];
}

function buttonsOf(refusal: BarrierRefusal) {
  if (refusal.kind === 'already-locked' && !refusal.mine) return lockButtons(refusal.lock.id, refusal.lock.by, refusal.maySteal === true);
  if (refusal.kind !== 'gate-closed') return [];
  const { closed, mayBreakGlass, asked, gate } = refusal;
  const lock = closed.because === 'locked' ? lockButtons(closed.barrierId, closed.by, mayBreakGlass) : [];
  const glass = mayBreakGlass && asked !== undefined && PASSABLE.has(gate) ? [button('Break glass', 'glass.break', asked, { style: 'danger' })] : [];
  return [...lock, ...glass];
}

function lockButtons(id: string, holder: string, maySteal: boolean) {
  return [
    ...(holder === 'jack.yml' ? [] : [button('Ask the holder', 'barrier.ask', id)]),
    button('Tell me when it is free', 'barrier.watch', id),
    ...(maySteal
      ? [button('Steal', 'barrier.steal', id, { style: 'danger', confirm: { title: 'Steal the lock?', text: 'It is yours then, and the holder is told.', yes: 'Steal it', no: 'Leave it' } })]
      : []),
  ];
}

/** Who can open it, and when. */
function nextWords({ closed, owners, mayBreakGlass, noGlass }: Of<'gate-closed'>): string {
  const glass = noGlass ? '' : mayBreakGlass ? 'You can break the glass, with a reason.' : `In an emergency an owner can let it pass: ${ownersOr(owners, 'ask whoever keeps jack.yml')}.`;
  switch (closed.because) {
    case 'locked':
      return `Ask ${mention(closed.by)}, or wait. ${glass}`;
    case 'held-elsewhere':
      return noGlass ? 'AWS itself holds what comes through the pipeline: who disabled it can enable it, there; I do not.' : `Who disabled it can enable it, in AWS; I do not. ${glass}`;
    case 'frozen':
      return `${closed.freeze.nextAllowed === undefined ? 'No end is in sight.' : `Next allowed time: ${dateAndClock(closed.freeze.nextAllowed)}.`} ${glass}`;
    case 'unknown':
      return 'Try again in a minute.';
    default:
      return glass;
  }
}

function lockWords({ by, since, until, reason }: Barrier): string {
  const who = by === 'jack.yml' ? 'jack.yml' : mention(by);
  return `locked by ${who} since ${dateAndClock(since)}, until ${dateAndClock(until)}: “${plain(reason, 300)}”`;
}

function ownersOr(owners: readonly string[], otherwise: string): string {
  return owners.length > 0 ? `ask ${listed(owners.map(mention), 'or')}` : otherwise;
}
