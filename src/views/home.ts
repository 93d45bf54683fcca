import type { KnownBlock } from '@slack/types';
import type { ObservedEnvironment } from '../domain/observation.ts';
import type { Barrier } from '../domain/barriers/barriers.ts';
import type { Place } from '../domain/place.ts';
import { actions, button, context, divider, header, section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { statusMark, statusWords } from './status.ts';
import { transitionWords } from './gates/why.ts';
import { counted, dateAndClock, mention, plain, revisionWords } from './words.ts';

/** Blocks that Slack takes in a home tab and in a message. */
const HOME_MAX = 100;
const MESSAGE_MAX = 50;
/** Lines of a list, before the rest is counted. */
const LIST_MAX = 10;

interface Problem {
  readonly app: string;
  readonly problem: string;
}

interface Waits {
  readonly number: number;
  readonly app: string;
  readonly environment: string;
  readonly channel: string;
}

/** The home tab: apps × environments, what waits for this reader first. */
export function homeView(places: readonly Place[], facts: { readonly waitsForYou: readonly Waits[]; readonly toLetIn: readonly Pick<Place, 'app' | 'environment' | 'asks'>[]; readonly problems: readonly Problem[] }): { readonly blocks: readonly KnownBlock[] } {
  const above = [header('What runs where'), ...waits(facts.waitsForYou, facts.toLetIn), ...problemBlocks(facts.problems)];
  const below = [
    divider(),
    actions('home', button('Deploy…', 'home.deploy', 'home', { style: 'primary' })),
    context('`/deploy prod` deploys, `/rollback prod` goes back, `/jack help` shows the rest.'),
  ];
  return { blocks: [...above, ...byApp(places, HOME_MAX - above.length - below.length), ...below] };
}

function waits(open: readonly Waits[], toLetIn: readonly Pick<Place, 'app' | 'environment' | 'asks'>[]): readonly KnownBlock[] {
  const all = [
    ...open.map((one) => `• #${one.number} ${plain(one.app, 60)} → ${plain(one.environment, 60)}, in <#${one.channel}>`),
    ...toLetIn.map(({ app, environment, asks }) => `• ${counted(asks?.count ?? 0, 'release')} in front of ${plain(app.name, 60)} → ${plain(environment.name, 60)}: *Let it in* or *Stop it*, in the thread of the lock or freeze that is over, in <#${app.channel}>`),
  ];
  if (all.length === 0) return [];
  const lines = all.slice(0, LIST_MAX);
  return [section(`:raised_hand: *Waits for you*\n${[...lines, ...more(all.length - lines.length)].join('\n')}`), divider()];
}

function more(count: number): readonly string[] {
  return count > 0 ? [`• and ${count} more`] : [];
}

function problemBlocks(problems: readonly Problem[]): readonly KnownBlock[] {
  const shown = problems.slice(0, LIST_MAX).map(({ app, problem }) => section(`:warning: *${plain(app, 60)}*: ${plain(problem, 500)}`));
  const left = problems.length - shown.length;
  return left > 0 ? [...shown, context(`:warning: and ${counted(left, 'app')} more that could not be looked at`)] : shown;
}

/** Each place under its app's name, in at most `room` blocks: the last one counts the places that found none. */
function byApp(places: readonly Place[], room: number): readonly KnownBlock[] {
  const apps = [...new Set(places.map((place) => place.app.name))];
  const groups = apps.map((name) => places.filter((place) => place.app.name === name));
  const all = groups.flatMap((group) => group.map((place, at) => (at === 0 ? [section(`*${plain(place.app.name, 60)}*`), section(placeWords(place))] : [section(placeWords(place))])));
  if (all.flat().length <= room) return all.flat();
  const fitting = all.findIndex((_blocks, at) => all.slice(0, at + 1).flat().length > room - 1);
  const left = all.length - fitting;
  return [...all.slice(0, fitting).flat(), context(`…and ${counted(left, 'environment')} more. \`/jack status\` in an app’s own channel shows its own.`)];
}

const HEALTH_MARK = { ok: ':large_green_circle:', bad: ':red_circle:', unknown: ':white_circle:' } as const;

function placeWords(place: Place): string {
  const { seen, environment, open, transitions, barriers } = place;
  return [
    ...(seen ? seenWords(place, seen) : [`:warning: *${plain(environment.name, 60)}*  cannot be read: ${plain(place.unreadable ?? 'AWS does not answer', 300)}`]),
    ...barriers.map((barrier) => `      ${barrierWords(barrier)}`),
    ...transitions.map((transition) => `      :no_entry: ${transitionWords(transition)}`),
    ...open.map((release) => `      ${statusMark(release)} #${release.number} ${statusWords(release)}`),
  ].join('\n');
}

function barrierWords({ kind, by, until, reason, window }: Barrier): string {
  const who = by === 'jack.yml' ? `jack.yml${window === undefined ? '' : ` (${plain(window, 60)})`}` : mention(by);
  return `${kind === 'lock' ? ':lock: locked' : ':snowflake: frozen'} by ${who} until ${dateAndClock(until)}${reason.trim() === '' ? '' : `: “${plain(reason, 200)}”`}`;
}

function seenWords(place: Place, seen: ObservedEnvironment): readonly string[] {
  const since = place.since === undefined ? '' : `, since ${dateAndClock(place.since)}`;
  const verified = place.standing === 'deployed' ? ', not verified by me' : place.standing === 'bad' ? ', :warning: its deployment failed' : '';
  return [
    `${HEALTH_MARK[seen.health.verdict]} *${plain(place.environment.name, 60)}*  ${place.revision ? revisionWords(place.revision) : 'nothing deployed'}${since}${verified}`,
    `      ${plain(seen.health.word, 40)}${seen.instances ? `, ${counted(seen.instances.length, 'instance')}` : ''}${seen.status === 'Ready' ? '' : `, ${plain(seen.status, 40)}`}${mixedWords(seen)}${seen.health.causes.length > 0 ? `: ${plain(seen.health.causes.join(' '), 200)}` : ''}`,
  ];
}

function mixedWords(seen: ObservedEnvironment): string {
  const labels = new Set((seen.instances ?? []).map((instance) => instance.label));
  return labels.size > 1 && seen.status === 'Ready' ? ', :warning: instances run different versions' : '';
}

/** `/jack status`. */
export function statusReply(places: readonly Place[], problems: readonly Problem[] = []): Reply {
  const troubled = problemBlocks(problems);
  return { text: 'What runs where.', blocks: [...troubled, ...byApp(places, MESSAGE_MAX - troubled.length)] };
}
