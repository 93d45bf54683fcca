import { describe, expect, it } from '@jest/globals';
import { findHints, findUsage, takeHint } from '../../sandbox/web/page/chat/hints.ts';
import { makeEmojiBook } from '../../sandbox/web/page/text/emoji.ts';
import { fakeWorkspace } from './support/fake-workspace.ts';

const emoji = makeEmojiBook({ rocket: ['🚀', 3, 4], rose: ['🌹', 1, 1] });
const hintsFor = (text: string) => findHints(text, text.length, fakeWorkspace, emoji);

describe('hints above the composer', () => {
  it('offer the commands that begin so, only at the start of the text', () => {
    expect(hintsFor('/')?.items.map((hint) => hint.key)).toEqual(['/deploy', '/rollback', '/jack']);
    expect(hintsFor('/ro')?.items.map((hint) => hint.insert)).toEqual(['/rollback ']);
    expect(hintsFor('say /ro')).toBeUndefined();
    expect(hintsFor('/deploy prod')).toBeUndefined();
  });

  it('find people by any of their names, and groups, but nobody who left', () => {
    expect(hintsFor('@lin')?.items.map((hint) => hint.insert)).toEqual(['@linus ']);
    expect(hintsFor('hello @민')?.items.map((hint) => hint.label)).toEqual(['민지 Kim']);
    expect(hintsFor('@rel')?.items.map((hint) => hint.insert)).toEqual(['@release-approvers ']);
    expect(hintsFor('@dee')).toBeUndefined();
    expect(hintsFor('ada@acme')).toBeUndefined();
  });

  it('offer emoji after two letters', () => {
    expect(hintsFor(':r')).toBeUndefined();
    expect(hintsFor('go :ro')?.items.map((hint) => hint.insert)).toEqual([':rocket: ', ':rose: ']);
  });

  it('put what was chosen in place of what was typed, with the caret behind it', () => {
    const [hint] = hintsFor('ask @gr')?.items ?? [];
    if (!hint) throw new Error('no hint');
    expect(takeHint('ask @gr please', 7, hint)).toEqual({ text: 'ask @grace please', caret: 11 });
  });

  it('say how a command is used once its name is complete', () => {
    expect(findUsage('/deploy ', fakeWorkspace)?.usage).toBe('[app] [to] environment[@revision] [reason]');
    expect(findUsage('/deploy', fakeWorkspace)).toBeUndefined();
  });
});
