import type { KnownBlock } from '@slack/types';
import type { Release } from '../../../src/domain/release.ts';
import type { FakeWorld } from './fake-world.ts';

/** The words of a block as people read them, with the names of its buttons. */
export function wordsOf(block: KnownBlock): string {
  if (block.type === 'section' || block.type === 'header') return block.text?.text ?? '';
  if (block.type === 'context') return block.elements.map((element) => ('text' in element ? element.text : '')).join(' ');
  if (block.type === 'actions') return block.elements.map((element) => (element.type === 'button' ? `[${element.text.text}]` : '')).join(' ');
  return block.type;
}

/** What stands in Slack now, oldest first, without times and durations. */
export function transcript(world: FakeWorld): readonly string[] {
  return world.slack.messages.map(({ message, threadTs }) => {
    const words = [message.text, ...message.blocks.map(wordsOf)].join('\n');
    return `${threadTs === undefined ? '' : '  '}${withoutTimes(words)}`;
  });
}

/** Who is away for a minute waits for an approval for a minute: that is a time, too. */
export function withoutTimes(words: string): string {
  return words.replaceAll(/<!date[^>]*>/g, 'TIME').replaceAll(/\d+ (s|min|h)\b( \d+ (s|min)\b)*/g, 'DURATION').replaceAll(', DURATION of it waiting for approval', '');
}

export async function onlyRelease(world: FakeWorld): Promise<Release> {
  const releases = await world.store.recentReleases({ limit: 10 });
  const [release] = releases;
  if (!release || releases.length > 1) throw new Error(`${releases.length} releases instead of one`);
  return release;
}

export async function newestRelease(world: FakeWorld): Promise<Release> {
  const [release] = await world.store.recentReleases({ limit: 1 });
  if (!release) throw new Error('there is no release');
  return release;
}

/** How often an effect of this kind reached AWS and had its effect. */
export function effects(world: FakeWorld, kind: string): number {
  return world.aws.calls.filter(({ effect, result }) => effect.kind === kind && (result.kind === 'started' || result.kind === 'updating' || result.kind === 'done')).length;
}
