import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';

const MASK = '***';

/** The text with everything that looks like a secret replaced: build logs and environment variables end up in Slack. */
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

/** What secretlint leaves, since it looks for keys of known vendors and not for names. */
const NAMED: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g, MASK],
  [/\bxox[abeprs]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, MASK],
  [/\bgh[pousr]_\w{16,}|\bgithub_pat_\w{20,}/g, MASK],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, MASK],
  [/(\b\w+:\/\/[^\s:/@]+:)[^\s/@]+(@)/g, `$1${MASK}$2`],
  [/(\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)?\s*)[^\s"',]+/gi, `$1${MASK}`],
  [/(\b(?:bearer|basic)\s+)[\w.~+/=-]{12,}/gi, `$1${MASK}`],
  [/((?:^|[^\w])[\w.-]*(?:secret|token|passw(?:or)?d|passphrase|passwd|pwd|api_?key|access_?key|private_?key|credential|signature)[\w.-]*["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;&]+)/gi, `$1${MASK}`],
  [/(--?(?:password|token|secret|api-key)\s+)\S+/gi, `$1${MASK}`],
];

export function maskNamed(text: string): string {
  return NAMED.reduce((masked, [pattern, replacement]) => masked.replaceAll(pattern, replacement), text);
}
