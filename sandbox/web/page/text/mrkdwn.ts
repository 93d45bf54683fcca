import type { Inline, TextBlock } from './inline.ts';
import { parseInlines, parseReferences } from './mrkdwn-inline.ts';

/** Slack's mrkdwn as blocks: code fences first, then quotes, list lines and paragraphs. */
export function parseMrkdwn(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  const fence = /```([\s\S]*?)```/g;
  let from = 0;
  for (let match = fence.exec(text); match; match = fence.exec(text)) {
    blocks.push(...parseLines(text.slice(from, match.index).replace(/\n$/, '')));
    blocks.push({ kind: 'pre', parts: parseReferences((match[1] ?? '').replace(/^\n|\n$/g, '')) });
    from = match.index + match[0].length;
    if (text[from] === '\n') from += 1;
  }
  blocks.push(...parseLines(text.slice(from)));
  return blocks;
}

/** `plain_text`: as it is, but for emoji names. */
export function parsePlain(text: string): readonly Inline[] {
  return parseInlines(text, { plain: true });
}

const QUOTE = /^(?:&gt;|>) ?/;
const ITEM = /^(\s*)(•|◦|▪︎|-|\d{1,3}\.) (.*)$/;

function parseLines(text: string): readonly TextBlock[] {
  if (text === '') return [];
  const blocks: TextBlock[] = [];
  let paragraph: string[] = [];
  let quoted: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', parts: parseInlines(paragraph.join('\n')) });
    paragraph = [];
  };
  const endQuote = (): void => {
    if (quoted.length > 0) blocks.push({ kind: 'quote', blocks: parseLines(quoted.join('\n')) });
    quoted = [];
  };
  for (const line of text.split('\n')) {
    const item = ITEM.exec(line);
    if (QUOTE.test(line)) {
      endParagraph();
      quoted.push(line.replace(QUOTE, ''));
    } else if (item) {
      endParagraph();
      endQuote();
      blocks.push({ kind: 'item', marker: item[2] ?? '•', parts: parseInlines(item[3] ?? '') });
    } else {
      endQuote();
      paragraph.push(line);
    }
  }
  endParagraph();
  endQuote();
  return blocks;
}
