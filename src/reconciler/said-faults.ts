import type { AuditFact } from '../domain/audit.ts';
import { AuditBroken, Fault } from '../domain/faults.ts';
import type { Said, World } from '../ports.ts';
import { plain } from '../views/words.ts';
import type { LoopSettings } from './loop.ts';

/** About half a minute of trying: longer than a hiccup, shorter than anybody waits for an answer. */
const PATIENCE_FAULTS = 5;

/**
 * Somebody waits for the answer to what they said. What no repeat can mend before people have done something, or has not
 * mended for a while, is told to them, once, and given up; everything else is tried again. What was given up was not allowed: `factOf` says that for the audit,
 * where `fault` is the fault's id.
 */
export function tellSaidFaults({ store, slack }: Pick<World, 'store' | 'slack'>, factOf: (said: Said, fault: string) => Promise<AuditFact>): NonNullable<LoopSettings['onFault']> {
  return async (claim, fault, id) => {
    if (!claim.key.startsWith('said:')) return false;
    const hopeless = !(fault instanceof Fault) || !fault.retryable || fault.needsPeople;
    if (!hopeless && claim.faults + 1 < PATIENCE_FAULTS) return false;
    const said = await store.said(claim.key.slice('said:'.length));
    if (!said) return true;
    const fact = await factOf(said, id);
    await slack.reply(said.reply, { text: givenUpWords(fault, id) });
    await giveUp(said.id, `gave up: ${id}`, fact, store);
    return true;
  };
}

function givenUpWords(fault: unknown, id: string): string {
  const cause = fault instanceof Fault ? ` ${plain(fault.message, 600)}` : '';
  if (fault instanceof Fault && fault.needsPeople) return `:no_entry: I gave up on what you asked (\`${id}\`).${cause}\nWhoever looks after Jack has to do that; try again then. \`/jack status\` says what is recorded.`;
  return `:warning: Something broke on my side (\`${id}\`).${cause}\nI gave up on what you asked: try it again once that is mended. \`/jack status\` says what is recorded.`;
}

/** Where the audit takes no more lines the log alone tells of it: else the same would be told again and again. */
async function giveUp(id: string, outcome: string, fact: AuditFact, store: Pick<World['store'], 'finishSaid'>): Promise<void> {
  try {
    await store.finishSaid(id, outcome, { audit: [fact] });
  } catch (error) {
    if (!(error instanceof AuditBroken)) throw error;
    await store.finishSaid(id, outcome);
  }
}
