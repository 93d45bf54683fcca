import type { Absence } from '../domain/absence.ts';
import type { App } from '../domain/app.ts';
import { section } from './blocks.ts';
import type { WantedMessage } from './message.ts';
import { clock, dateAndClock, plain, revisionWords } from './words.ts';

/** A section holds 3000 characters; what does not fit is in the console. */
const MAX_LINES = 12;

/** From when to when Jack saw nothing, and what happened meanwhile. */
export function blindMessage(app: App, absence: Absence): WantedMessage {
  const text = `I was away from ${dateAndClock(absence.from)} to ${dateAndClock(absence.to)} and saw nothing of *${plain(app.name, 60)}*.`;
  const lines = [
    ...absence.executions.map((one) => `• ${clock(one.startedAt)} pipeline *${plain(one.pipeline, 60)}*: ${revisionWords(one.revisions[0] ?? {})}, ${plain(one.status, 20)}`),
    ...absence.operations.map((one) => `• ${clock(one.at)} *${plain(one.environment, 60)}*: ${plain(one.message, 140)}`),
  ];
  const more = lines.length > MAX_LINES ? [`• and ${lines.length - MAX_LINES} more; the AWS console has them all`] : [];
  const meanwhile = lines.length === 0 ? 'Nothing happened meanwhile.' : ['Meanwhile:', ...lines.slice(0, MAX_LINES), ...more].join('\n');
  return { key: 'headline', channel: app.channel, place: 'root', text, blocks: [section(`:zzz: ${text} ${meanwhile}`)] };
}
