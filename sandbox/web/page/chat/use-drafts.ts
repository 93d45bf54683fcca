import { useCallback, useState } from 'react';

/** What was begun and not sent, one draft a conversation and person. */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const write = useCallback((text: string) => setDrafts((before) => ({ ...before, [key]: text })), [key]);
  return [drafts[key] ?? '', write];
}
