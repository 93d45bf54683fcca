import { useCallback } from 'react';
import { typeText } from '../door/act.ts';
import { touchArea } from '../door/answers.ts';
import { useNotice } from '../notices.tsx';

/** Sends what was typed. What cannot be sent comes back into the field, with the reason; a failed command Slackbot tells. */
export function useSend(me: string, channel: string, thread: string | undefined, onRefused: (text: string) => void): (text: string) => Promise<void> {
  const tell = useNotice();
  return useCallback(
    async (text) => {
      try {
        await typeText(me, channel, text, thread);
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
        onRefused(text);
      }
      touchArea('slack');
    },
    [me, channel, thread, onRefused, tell],
  );
}
