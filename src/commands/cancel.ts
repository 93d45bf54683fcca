import { isQueued } from '../domain/occupancy.ts';
import type { Release } from '../domain/release.ts';
import { cancelRelease } from '../operations/cancel-release.ts';
import { cancellingReply, leavingReply } from '../views/on-its-way.ts';
import { refuse, type Asking, type Command } from './command.ts';

/** `/deploy cancel #412`. In a release's thread the number may be left out. */
export const cancel: Command = {
  verb: 'cancel',
  usages: ['/deploy cancel #<number>'],
  says: 'Stop a release that is on its way. In its thread: `@Jack cancel`.',
  async run(words, asking) {
    const release = await named(words[0], asking);
    if (!release) return refuse({ kind: 'unknown-release', asked: words[0] ?? '' });
    const answer = await cancelRelease(release.id, asking.said.user, asking.world);
    if (!answer.ok) return refuse(answer.refusal);
    return isQueued(answer.value) ? leavingReply(answer.value) : cancellingReply(answer.value);
  },
};

async function named(word: string | undefined, { said, world }: Asking): Promise<Release | undefined> {
  if (word !== undefined) {
    const number = Number(word.replace(/^#/, ''));
    return Number.isSafeInteger(number) ? world.store.releaseByNumber(number) : undefined;
  }
  const { threadTs, channel } = said.reply;
  const message = threadTs === undefined ? undefined : await world.store.messageAt(channel, threadTs);
  return message && world.store.release(message.owner);
}
