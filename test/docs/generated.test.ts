import { describe, expect, it } from '@jest/globals';
import { generatedPages } from './generated.ts';
import { read } from './pages.ts';

describe('what the docs take from the code', () => {
  it.each([...generatedPages()])('is on %s as `npx node test/docs/write-pages.ts` writes it', (path, text) => {
    expect(read(path)).toBe(text);
  });
});
