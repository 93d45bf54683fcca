import type { Revision } from '../domain/revision.ts';
import { actions, button, section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { listed, plain, revisionWords } from './words.ts';

/** What waits is older than the newest revision: only the caller knows which is meant. */
export function olderWaitsReply(environment: string, { waiting, newest }: { readonly waiting: Revision; readonly newest: Revision }, id: string, redrawn = false): Reply {
  const text = `${newerWords(redrawn)}Something waits before *${plain(environment, 60)}* already, and it is not the newest.`;
  return {
    text,
    blocks: [
      section(`${text}\n• waiting: ${revisionWords(waiting)}\n• newest: ${revisionWords(newest)}\nWhich one do you want?`),
      actions('choose:older', button('Take the one that waits', 'choose.waiting', id), button('Start the newest', 'choose.newest', id, { style: 'primary' }), button('Neither', 'choose.nothing', id)),
    ],
  };
}

/** Nothing stops the execution behind the environment that was asked for. */
export function passesThroughReply(environment: string, { environments, newest }: { readonly environments: readonly string[]; readonly newest: Revision }, id: string, redrawn = false): Reply {
  const places = listed(environments.map((name) => `*${plain(name, 60)}*`));
  const text = `${newerWords(redrawn)}This pipeline does not stop at *${plain(environment, 60)}*: it goes on to ${places} by itself.`;
  return {
    text,
    blocks: [section(`${text} Start ${revisionWords(newest)} all the same?`), actions('choose:through', button('Start it', 'choose.newest', id, { style: 'danger' }), button('Leave it', 'choose.nothing', id))],
  };
}

/** The question is put once more, because its answer would have shipped something else. */
function newerWords(redrawn: boolean): string {
  return redrawn ? 'Something newer came in since I asked, so nothing was started. ' : '';
}
