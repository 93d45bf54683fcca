import { counted, listed, mention } from '../words.ts';

/** Who is asked before a rollback does anything. */
export interface AskedFirst {
  readonly from: readonly string[];
  readonly count: number;
}

const NOBODY = '`rollback.approval.from` in jack.yml is empty';

/** Of a rollback that is planned: 'first asks for 2 approvals from @grace or @linus, not from who asks'. */
export function askedFirstWords({ from, count }: AskedFirst): string {
  if (from.length === 0) return `first asks for an approval, and nobody may give it: ${NOBODY}`;
  return `first asks for ${count === 1 ? 'one approval' : counted(count, 'approval')} from ${listed(from.map(mention), 'or')}, not from who asks`;
}

/** Of one that was asked for: 'once 2 of @grace and @linus have approved it, not counting who asked'. */
export function onceApprovedWords({ from, count }: AskedFirst): string {
  if (from.length === 0) return `once it is approved, and nobody may do that: ${NOBODY}`;
  const who = count === 1 ? `${listed(from.map(mention), 'or')} has` : `${count} of ${listed(from.map(mention))} have`;
  return `once ${who} approved it, not counting who asked`;
}
