import { useCallback } from 'react';
import { typeText } from '../door/act.ts';
import { touchArea } from '../door/answers.ts';
import { useNotice } from '../notices.tsx';

/** Sends what was typed. What Slack refuses is shown, and the text comes back into the field. */
export function useSend(me: string, channel: string, thread: string | undefined, onRefused: (text: string) => void): (text: string) => Promise<void> {
  const tell = useNotice();
  return useCallback(
    async (text) => {
      try {
        const { error } = await typeText(me, channel, text, thread);
        if (error !== undefined) tell(sayCommandError(text, error));
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
        onRefused(text);
      }
      touchArea('slack');
    },
    [me, channel, thread, onRefused, tell],
  );
}

function sayCommandError(text: string, error: string): string {
  const command = text.split(/\s/)[0] ?? text;
  return /^[a-z_]+$/.test(error) ? `${command} failed with the error “${error}”. Is the bot running?` : error;
}
