import { describe, expect, it } from '@jest/globals';
import type { Inline } from '../../sandbox/web/page/text/inline.ts';
import { parseMrkdwn, parsePlain } from '../../sandbox/web/page/text/mrkdwn.ts';

/** The inlines of a text that is one paragraph. */
function inlines(text: string): readonly Inline[] {
  const [block, ...more] = parseMrkdwn(text);
  if (block?.kind !== 'paragraph' || more.length > 0) throw new Error(`not one paragraph: ${text}`);
  return block.parts;
}

const words = (text: string): Inline => ({ kind: 'text', text });

describe('mrkdwn', () => {
  it.each([
    ['*bold*', 'bold'],
    ['_italic_', 'italic'],
    ['~gone~', 'strike'],
    ['`code`', 'code'],
  ])('marks %s', (text, kind) => {
    expect(inlines(text)).toEqual([{ kind, parts: [words(text.slice(1, -1))] }]);
  });

  it('leaves marks alone that do not touch words, or stand within them', () => {
    for (const text of ['2 * 3 * 4', 'snake_case_name', 'a ** b', '*not\nover lines*', '~ 5']) {
      expect(inlines(text).filter((part) => part.kind !== 'text' && part.kind !== 'break')).toEqual([]);
    }
  });

  it('marks within marks, and whole when punctuation follows', () => {
    expect(inlines('*_both_*, yes')).toEqual([{ kind: 'bold', parts: [{ kind: 'italic', parts: [words('both')] }] }, words(', yes')]);
  });

  it('shows code as it is written', () => {
    expect(inlines('`*a* :rocket: &lt;b&gt;`')).toEqual([{ kind: 'code', parts: [words('*a* :rocket: <b>')] }]);
  });

  it('knows mentions, with and without labels', () => {
    expect(inlines('<@U0ADA00001> <#C0SHOP0001|shop> <!subteam^S0APPROVE1|@release-approvers> <!channel>')).toEqual([
      { kind: 'user', id: 'U0ADA00001' },
      words(' '),
      { kind: 'channel', id: 'C0SHOP0001', label: 'shop' },
      words(' '),
      { kind: 'usergroup', id: 'S0APPROVE1', label: 'release-approvers' },
      words(' '),
      { kind: 'broadcast', range: 'channel' },
    ]);
  });

  it('links to the web and to mail, and to nothing else', () => {
    expect(inlines('<https://a.test/?x=1&amp;y=2|the *page*>')).toEqual([{ kind: 'link', url: 'https://a.test/?x=1&y=2', parts: [words('the *page*')] }]);
    for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://a.test', 'vbscript:x']) {
      expect(inlines(`<${url}|click>`)).toEqual([words(`<${url}|click>`)]);
    }
  });

  it('shows what people escaped, and never makes a mention of it', () => {
    expect(inlines('&lt;!channel&gt; &amp;lt;b&amp;gt;')).toEqual([words('<!channel> &lt;b&gt;')]);
    expect(inlines('<script>alert(1)</script>')).toEqual([words('<script>alert(1)</script>')]);
  });

  it('reads dates with their format, link and fallback', () => {
    expect(inlines('<!date^1700000000^{date_short} at {time}^https://a.test|then>')).toEqual([{ kind: 'date', unix: 1_700_000_000, format: '{date_short} at {time}', url: 'https://a.test', fallback: 'then' }]);
  });

  it('tells emoji from times of day', () => {
    expect(inlines(':white_check_mark: at 10:30:15')).toEqual([{ kind: 'emoji', name: 'white_check_mark' }, words(' at 10:30:15')]);
  });

  it('sets fences, quotes and list lines apart', () => {
    const kinds = parseMrkdwn('Why:\n&gt; it *broke*\n&gt; twice\n• one\n• two\n```npm test\n\nfailed```\nafter').map((block) => block.kind);
    expect(kinds).toEqual(['paragraph', 'quote', 'item', 'item', 'pre', 'paragraph']);
  });

  it('takes plain text as it is but for emoji', () => {
    expect(parsePlain('*Deploy* <@U1> :rocket:')).toEqual([words('*Deploy* <@U1> '), { kind: 'emoji', name: 'rocket' }]);
  });
});
