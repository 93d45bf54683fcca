import type { OlderShape } from './aws-clients.ts';
import type { Answer } from './aws-sandbox.ts';

/**
 * An answer as both generations of clients must read it: dates and bytes in one form, what is new each time masked, members
 * without content left out (one client gives an empty list where the other gives nothing).
 */
export function comparable(answer: Answer): Answer {
  if (answer instanceof Date) return answer.getTime() > Date.now() - 60_000 ? 'just now' : answer.toISOString();
  if (ArrayBuffer.isView(answer)) return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString('base64');
  if (typeof answer === 'string') return masked(answer);
  if (Array.isArray(answer)) return answer.map(comparable);
  if (answer === null || typeof answer !== 'object') return answer;
  const members = Object.entries(answer).map(([name, value]) => [name, secret.test(name) ? 'new each time' : comparable(value)] as const);
  return Object.fromEntries(members.filter(([, value]) => !empty(value)));
}

const secret = /^(ReceiptHandle|AccessKeyId|SecretAccessKey|SessionToken|VersionId|next(Forward|Backward)?Token|NextToken)$/;

/** What the older client's model knows of the newest client's answer; the rest was added to AWS since. */
export function knownTo(shape: OlderShape, answer: Answer): Answer {
  if (Array.isArray(answer)) return answer.map((item) => knownTo(shape.member ?? {}, item));
  if (answer === null || typeof answer !== 'object' || answer instanceof Date || ArrayBuffer.isView(answer)) return answer;
  const { members, value } = shape;
  if (members) return Object.fromEntries(Object.entries(answer).flatMap(([name, item]) => (members[name] ? [[name, knownTo(members[name], item)]] : [])));
  return value ? Object.fromEntries(Object.entries(answer).map(([name, item]) => [name, knownTo(value, item)])) : answer;
}

function masked(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\b(ASIA|AROA)[A-Z0-9]+/g, '<key>')
    .replace(/X-Amz-[A-Za-z]+=[^&"\s]+/g, '<signing>')
    .replace(/\b1[0-9]{12}\b/g, '<ms>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>');
}

/** For answers of two accounts: only that there is a date can be compared. */
export function dateless(answer: Answer): Answer {
  if (answer instanceof Date) return 'a date';
  if (Array.isArray(answer)) return answer.map(dateless);
  if (answer === null || typeof answer !== 'object' || ArrayBuffer.isView(answer)) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, dateless(value)]));
}

function empty(value: Answer): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
