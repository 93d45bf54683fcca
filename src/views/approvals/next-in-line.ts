import type { Button } from '@slack/types';
import type { ApprovalRequest, NextInLine } from '../../domain/approvals/approval.ts';
import type { Release } from '../../domain/release.ts';
import { shortCommit } from '../../domain/revision.ts';
import { button } from '../blocks.ts';
import { plain } from '../words.ts';

/** ' (the newest: #413 `4c7b474`)', or nothing while its release is not known. */
export function nextWords(next: NextInLine): string {
  const name = nameOf(next);
  return name === '' ? '' : ` (${next.kind === 'newest' ? 'the newest' : 'next'}: ${name})`;
}

function nameOf({ number, revisionId }: NextInLine): string {
  return [...(number === undefined ? [] : [`#${number}`]), ...(revisionId === undefined ? [] : [`\`${plain(shortCommit(revisionId), 40)}\``])].join(' ');
}

/** A no that lets what waits behind come in. None in a pipeline that runs its executions side by side. */
export function rejectNextButton(release: Release, request: ApprovalRequest): readonly Button[] {
  const { next } = request;
  if (!next) return [];
  const label = next.kind === 'newest' ? 'Reject and take the newest' : `Reject and take the next${next.number === undefined ? '' : ` (#${next.number})`}`;
  const name = nameOf(next);
  const text = `#${release.number} is rejected and not deployed to *${plain(request.environment, 60)}*.${name === '' ? ' What waits behind it' : ` ${name}`} comes in by itself and asks for its own approval.`;
  return [button(label, 'approval.next', request.id, { confirm: { title: `Reject #${release.number}?`, text, yes: 'Reject it', no: 'Leave it' } })];
}

/** The reason of such a no; raw words, as people would write them. */
export function nextReason({ kind, number, revisionId }: NextInLine): string {
  const name = [...(number === undefined ? [] : [`#${number}`]), ...(revisionId === undefined ? [] : [`\`${shortCommit(revisionId)}\``])].join(' ');
  const what = kind === 'newest' ? 'Taking the newest instead' : 'Taking the next instead';
  return name === '' ? what : `${what}: ${name}`;
}
