import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { maskNamed } from '../named-secrets.ts';

const MASK = '***';

/**
 * The text with everything that looks like a secret replaced: build logs and environment variables end up in Slack.
 * secretlint looks for the keys of known vendors, `maskNamed` for what it leaves.
 */
export async function mask(text: string): Promise<string> {
  if (text === '') return text;
  return maskNamed(maskRanges(text, await secretRanges(text)));
}

/** As `mask`, line by line the same lines: a key may span several. */
export async function maskLines(lines: readonly string[]): Promise<readonly string[]> {
  const masked = await mask(lines.join('\n'));
  return masked === '' ? [] : masked.split('\n');
}

type Range = readonly [start: number, end: number];

async function secretRanges(text: string): Promise<readonly Range[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: 'log.txt', ext: '.txt', contentType: 'text' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended }] }, noPhysicFilePath: true },
  });
  return messages.map(({ range }) => [range[0], range[1]] as const);
}

/** From the end on, so that what stands before keeps its place; overlapping ranges are one. */
function maskRanges(text: string, ranges: readonly Range[]): string {
  let masked = text;
  let from = text.length;
  for (const [start, end] of [...ranges].sort((a, b) => b[0] - a[0])) {
    masked = masked.slice(0, start) + MASK + masked.slice(Math.min(end, from));
    from = start;
  }
  return masked;
}
