import { PASSED } from './passed-words.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { dateAndClock, listed, mention, plain, revisionWords } from '../words.ts';

/** A glass that nobody has to break, that somebody broke, or that would open nothing. */
export type GlassRefusal = Extract<Refusal, { kind: 'nothing-to-pass' | 'glass-broken' | 'others-wait' | 'held-for-another' }>;

/** What is so instead, and what to do next. Nothing was recorded. */
export function glassRefusalText(refusal: GlassRefusal): string {
  switch (refusal.kind) {
    case 'nothing-to-pass':
      return `Nothing is passed: ${PASSED[refusal.gate]} that I showed you is not in the way of *${plain(refusal.app, 60)} → ${plain(refusal.environment, 60)}* any more. ${nextWords(refusal)}`;
    case 'glass-broken':
      return `${mention(refusal.by)} let #${refusal.number} pass ${PASSED[refusal.gate]} already, at ${dateAndClock(refusal.at)}. Look at its thread.`;
    case 'others-wait':
      return `I let nothing pass: in front of *${plain(refusal.stage, 100)}* waits ${listed(refusal.others.map(otherWords))} as well, and the way in lets in all that waits. Cancel what must not go in, then break the glass for #${refusal.number}.`;
    case 'held-for-another':
      return `I let nothing pass: *${plain(refusal.stage, 100)}* also deploys to *${plain(refusal.app, 60)} → ${plain(refusal.environment, 60)}*, which ${barrierWords(refusal.barrier)}. That has to end before #${refusal.number} can pass.`;
    default:
      return refusal satisfies never;
  }
}

function nextWords({ number, purpose, environment }: Extract<GlassRefusal, { kind: 'nothing-to-pass' }>): string {
  if (number !== undefined) return `I look at #${number} again; its thread says how it goes on.`;
  return purpose === 'rollback' ? `Ask again: \`/rollback ${plain(environment, 60)}\`.` : `Ask again: \`/deploy ${plain(environment, 60)}\`.`;
}

function otherWords({ number, revision }: Extract<GlassRefusal, { kind: 'others-wait' }>['others'][number]): string {
  return number === undefined ? revisionWords(revision) : `#${number}`;
}

function barrierWords({ kind, by }: Extract<GlassRefusal, { kind: 'held-for-another' }>['barrier']): string {
  return `is ${kind === 'lock' ? 'locked' : 'frozen'} by ${by === 'jack.yml' ? by : mention(by)}`;
}
