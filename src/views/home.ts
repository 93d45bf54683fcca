import type { KnownBlock } from '@slack/types';
import type { Place } from '../domain/place.ts';
import { actions, button, context, divider, header, section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { statusMark, statusWords } from './status.ts';
import { counted, dateAndClock, plain, revisionWords } from './words.ts';

/** A home tab takes 100 blocks. */
const MAX_PLACES = 30;

/** The home tab: apps × environments, what waits for this reader first. */
export function homeView(places: readonly Place[], facts: { readonly waitsForYou: readonly { readonly number: number; readonly app: string; readonly environment: string; readonly channel: string }[]; readonly problems: readonly { readonly app: string; readonly problem: string }[] }): { readonly blocks: readonly KnownBlock[] } {
  return {
    blocks: [
      header('What runs where'),
      ...waits(facts.waitsForYou),
      ...facts.problems.slice(0, 10).map(({ app, problem }) => section(`:warning: *${plain(app, 60)}*: ${plain(problem, 500)}`)),
      ...byApp(places.slice(0, MAX_PLACES)),
      divider(),
      actions('home', button('Deploy…', 'home.deploy', 'home', { style: 'primary' })),
      context('`/deploy prod` deploys, `/rollback prod` goes back, `/jack help` shows the rest.'),
    ],
  };
}

function waits(open: readonly { readonly number: number; readonly app: string; readonly environment: string; readonly channel: string }[]): readonly KnownBlock[] {
  if (open.length === 0) return [];
  return [section(`:raised_hand: *Waits for you*\n${open.slice(0, 10).map((one) => `• #${one.number} ${plain(one.app, 60)} → ${plain(one.environment, 60)}, in <#${one.channel}>`).join('\n')}`), divider()];
}

function byApp(places: readonly Place[]): readonly KnownBlock[] {
  const apps = [...new Set(places.map((place) => place.app.name))];
  return apps.flatMap((name) => [section(`*${plain(name, 60)}*`), ...places.filter((place) => place.app.name === name).map((place) => section(placeWords(place)))]);
}

const HEALTH_MARK = { ok: ':large_green_circle:', bad: ':red_circle:', unknown: ':white_circle:' } as const;

function placeWords(place: Place): string {
  const { seen, environment, open } = place;
  const since = place.since === undefined ? '' : `, since ${dateAndClock(place.since)}`;
  const verified = place.standing === 'deployed' ? ', not verified by me' : place.standing === 'bad' ? ', :warning: its deployment failed' : '';
  const mixed = mixedWords(place);
  return [
    `${HEALTH_MARK[seen.health.verdict]} *${plain(environment.name, 60)}*  ${place.revision ? revisionWords(place.revision) : 'nothing deployed'}${since}${verified}`,
    `      ${plain(seen.health.word, 40)}${seen.instances ? `, ${counted(seen.instances.length, 'instance')}` : ''}${seen.status === 'Ready' ? '' : `, ${plain(seen.status, 40)}`}${mixed}${seen.health.causes.length > 0 ? `: ${plain(seen.health.causes.join(' '), 200)}` : ''}`,
    ...open.map((release) => `      ${statusMark(release)} #${release.number} ${statusWords(release)}`),
  ].join('\n');
}

function mixedWords({ seen }: Place): string {
  const labels = new Set((seen.instances ?? []).map((instance) => instance.label));
  return labels.size > 1 && seen.status === 'Ready' ? ', :warning: instances run different versions' : '';
}

/** `/jack status`. */
export function statusReply(places: readonly Place[]): Reply {
  return { text: 'What runs where.', blocks: [...byApp(places.slice(0, MAX_PLACES))] };
}
