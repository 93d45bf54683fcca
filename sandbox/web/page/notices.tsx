import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { Icon } from './chat/icons.tsx';

type Tell = (sentence: string) => void;

const NoticeContext = createContext<Tell>(() => undefined);

/** Shows one sentence at the foot of the page, until it is closed or another comes. */
export function useNotice(): Tell {
  return useContext(NoticeContext);
}

/** Runs something that may be refused, and shows the refusal. Answers whether it went well. */
export function useTry(): (run: () => Promise<unknown>) => Promise<boolean> {
  const tell = useNotice();
  return useCallback(
    async (run) => {
      try {
        await run();
        return true;
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
        return false;
      }
    },
    [tell],
  );
}

export function Notices({ children }: { readonly children: ReactNode }): ReactNode {
  const [sentence, setSentence] = useState<string>();
  return (
    <NoticeContext value={setSentence}>
      {children}
      {sentence !== undefined && (
        <div className="notice" role="alert">
          <span>{sentence}</span>
          <button type="button" aria-label="Close" onClick={() => setSentence(undefined)}><Icon name="close" size={14} /></button>
        </div>
      )}
    </NoticeContext>
  );
}
