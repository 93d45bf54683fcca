import type { AuditEntry, AuditHead } from '../domain/audit.ts';
import type { Release } from '../domain/release.ts';
import { inSections, section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { counted, dateAndClock, isSlackUser, mention, nameInArn, plain } from './words.ts';

/** More lines are for `jack audit export`. */
const MOST = 40;

/** What happened to a release, newest last: who, what, by which rule. `lines` are its newest, of `inAll`. */
export function releaseAuditReply(release: Release, { lines, inAll }: { readonly lines: readonly AuditEntry[]; readonly inAll: number }): Reply {
  const name = `#${release.number} *${plain(release.app, 60)} → ${plain(release.environment, 60)}*`;
  if (lines.length === 0) return { text: `The audit has no line of ${name}: it is older than the audit.` };
  const shown = inRuns(lines).slice(-MOST);
  const left = inAll - shown.flat().length;
  const more = left === 0 ? '' : `; the first ${left} are only in \`jack audit export\``;
  const text = `Audit of ${name}: ${counted(inAll, 'line')}, newest last${more}.`;
  return { text, blocks: [section(text), ...inSections(shown.map(runWords))] };
}

type AtLeastOne<Value> = readonly [Value, ...Value[]];

/** What was refused to one person again and again, with nothing in between, is one: it shall not push out what was done. */
function inRuns(lines: readonly AuditEntry[]): readonly AtLeastOne<AuditEntry>[] {
  const runs: [AuditEntry, ...AuditEntry[]][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run && refusedAgain(run[0], line)) run.push(line);
    else runs.push([line]);
  }
  return runs;
}

function refusedAgain(one: AuditEntry, next: AuditEntry): boolean {
  const same = one.who === next.who && one.what === next.what && one.rule === next.rule && one.detail === next.detail && one.on.approval === next.on.approval;
  return same && next.outcome === 'refused' && /^(?:click|form|command)\./.test(next.what);
}

function runWords(run: AtLeastOne<AuditEntry>): string {
  const last = run.at(-1);
  return `${lineWords(run[0])}${last && run.length > 1 ? ` · ${run.length} times, till ${last.seq}` : ''}`;
}

/** The end of the chain, to be noted elsewhere. */
export function auditHeadReply(head: AuditHead | undefined): Reply {
  if (!head) return { text: 'The audit has no lines yet.' };
  const written = `${head.seq}:${head.hash}`;
  return { text: `The audit has ${counted(head.seq, 'line')}. Its head is \`${written}\`. Keep it somewhere else: \`jack audit verify --head ${written}\` then finds whether anything before it was changed, removed or cut off. \`/jack audit #<number>\` shows the lines of a release.` };
}

function lineWords({ seq, at, who, what, on, outcome, rule, detail, awsRequestId }: AuditEntry): string {
  const words = [
    outcome === 'refused' ? 'refused' : '',
    rule === undefined ? '' : `by ${plain(rule, 80)}`,
    on.approval === undefined && on.barrier === undefined ? '' : plain(on.approval ?? on.barrier ?? '', 40),
    detail === undefined ? '' : `“${plain(detail, 150)}”`,
    awsRequestId === undefined ? '' : `AWS request ${plain(awsRequestId, 40)}`,
  ].filter(Boolean);
  return `${seq} · ${dateAndClock(at)} · ${whoWords(who)} · *${plain(what, 60)}*${words.length > 0 ? ` · ${words.join(' · ')}` : ''}`;
}

function whoWords(who: string): string {
  if (who === 'jack') return 'Jack';
  return isSlackUser(who) ? mention(who) : nameInArn(who);
}
