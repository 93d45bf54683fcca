import type { KnownBlock } from '@slack/types';

/** What Slack would refuse, in words; or what would notify people that nobody meant. */
export function wrongWith(message: { readonly text?: string; readonly blocks?: readonly KnownBlock[] }): readonly string[] {
  const blocks = message.blocks ?? [];
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  return [
    ...(blocks.length > 50 ? [`${blocks.length} blocks`] : []),
    ...(new Set(ids).size < ids.length ? [`a block_id twice: ${ids.join(', ')}`] : []),
    ...(message.text === undefined ? [] : [...bounded('text', message.text, 40_000), ...pings(message.text)]),
    ...blocks.flatMap(wrongBlock),
  ];
}

/** https://docs.slack.dev/reference/block-kit/blocks */
function wrongBlock(block: KnownBlock): readonly string[] {
  if (block.block_id !== undefined && block.block_id.length > 255) return [`block_id of ${block.block_id.length}`];
  if (block.type === 'section') return [...bounded('section', block.text?.text ?? '', 3000), ...pings(block.text?.text ?? '')];
  if (block.type === 'header') return bounded('header', block.text.text, 150);
  if (block.type === 'context') return [...(block.elements.length > 10 ? ['context elements'] : []), ...block.elements.flatMap((element) => ('text' in element ? [...bounded('context', element.text, 3000), ...pings(element.text)] : []))];
  if (block.type === 'actions') return [...(block.elements.length > 25 ? ['actions elements'] : []), ...block.elements.flatMap((element) => (element.type === 'button' ? [...bounded('button', element.text.text, 75), ...bounded('value', element.value ?? 'none', 2000)] : []))];
  return [];
}

/** Slack counts code points, and takes no empty text. */
function bounded(what: string, text: string, max: number): readonly string[] {
  const length = Array.from(text).length;
  return length < 1 || length > max ? [`${what} of ${length}`] : [];
}

/** Only people and groups by id are ever mentioned, and dates; what people wrote may do neither. */
function pings(text: string): readonly string[] {
  return [...text.matchAll(/<[!@#][^>]{0,40}/g)].map(([found]) => found).filter((found) => !/^<(@U0|!subteam\^S0|!date\^\d|#C0)/.test(found) || found.includes('HOSTILE'));
}
