import type { Log, Store } from './ports.ts';

/** Old heads are worth as much as new ones; one an hour leaves at most an hour of lines that nobody vouches for. */
const EVERY_MS = 3_600_000;

/**
 * Logs the head of the audit now, each hour in which it changed, and at the end: against a head that stands in a log
 * elsewhere, `jack audit verify` finds a tail that was cut off, or a chain that was written anew.
 */
export async function logAuditHead(store: Pick<Store, 'auditHead'>, log: Log, everyMs = EVERY_MS): Promise<{ stop(): Promise<void> }> {
  let logged: number | undefined;
  const tell = async (): Promise<void> => {
    const head = await store.auditHead();
    if (!head || head.seq === logged) return;
    logged = head.seq;
    log.info({ seq: head.seq, hash: head.hash }, 'audit head');
  };
  const tellOrComplain = (): Promise<void> => tell().catch((error: unknown) => log.error({ err: error }, 'the head of the audit could not be read'));
  await tell();
  const timer = setInterval(() => void tellOrComplain(), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await tellOrComplain();
    },
  };
}
