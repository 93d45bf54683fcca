import { faultId } from '../../domain/fault-id.ts';
import type { Ids, Log, Said, Store } from '../../ports.ts';

/** Slack waits three seconds for the ack; the rest of them is for the way there and back. */
const PATIENCE_MS = 2_300;

/** `failed`: what to tell the one who spoke; it is true that nothing will come of it unless it says otherwise. */
export type Heard = { readonly kind: 'recorded' } | { readonly kind: 'known-already' } | { readonly kind: 'failed'; readonly sentence: string };

/** Records what was said, so that it is durable before Slack gets its ack; never throws. */
export type Hear = (said: Said) => Promise<Heard>;

/** The trigger id lives three seconds and is not stored. */
export function hearing({ store, ids, log, wake }: { readonly store: Pick<Store, 'receive'>; readonly ids: Ids; readonly log: Log; readonly wake: () => void }): Hear {
  return async (said) => {
    const { triggerId: _fleeting, ...lasting } = said;
    try {
      const isNew = await within(store.receive(lasting), PATIENCE_MS);
      if (isNew === undefined) return failed(said, 'I could not tell in time whether this was recorded. Look at `/jack status` before you try again', 'the store was too slow');
      wake();
      return { kind: isNew ? 'recorded' : 'known-already' };
    } catch (error) {
      return failed(said, 'My database does not answer, so nothing was recorded and nothing will happen. Try again in a minute', error);
    }
  };

  function failed(said: Said, sentence: string, error: unknown): Heard {
    const fault = faultId(ids.next());
    log.error({ fault, said: said.id, err: error instanceof Error ? error : String(error) }, 'something said could not be recorded');
    return { kind: 'failed', sentence: `:warning: Something broke on my side (\`${fault}\`). ${sentence}.` };
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
