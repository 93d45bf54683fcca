import { AwsError } from '../engine/service.ts';

/**
 * CloudWatch Logs' filter patterns of plain terms: all terms must occur, `?term` any of them, `-term` none; quotes keep words
 * together. JSON and space-delimited patterns are refused.
 */
export function filterTest(pattern: string): (message: string) => boolean {
  if (/^\s*[{[]/.test(pattern)) throw new AwsError('InvalidParameterException', 'The sandbox reads filter patterns of terms only');
  const terms = [...pattern.matchAll(/([?-]?)(?:"([^"]*)"|(\S+))/g)].map(([, sign = '', quoted, bare = '']) => ({ sign, word: quoted ?? bare }));
  const [all, any, none] = ['', '?', '-'].map((sign) => terms.filter((term) => term.sign === sign).map((term) => term.word));
  return (message) =>
    (all ?? []).every((word) => message.includes(word)) &&
    ((any ?? []).length === 0 || (any ?? []).some((word) => message.includes(word))) &&
    !(none ?? []).some((word) => message.includes(word));
}
