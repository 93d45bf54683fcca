import type { Release } from '../domain/release.ts';
import { onceApprovedWords, type AskedFirst } from './approvals/asked-first.ts';
import type { Reply } from './reply.ts';
import { listed, plain } from './words.ts';

/** The caller's answer: where to look from now on. */
export function onItsWayReply(release: Release, how: 'new' | 'joined' | 'theirs', caution?: { readonly kind: 'override'; readonly environments: readonly string[] }): Reply {
  const where = `*${plain(release.app, 60)} → ${plain(release.environment, 60)}*`;
  const first = {
    new: `#${release.number} ${where} is on its way; follow it in <#${release.channel}>.`,
    joined: `That is on its way already: #${release.number} ${where}. You count as a requester now; follow it in <#${release.channel}>.`,
    theirs: `You asked for that already, and it is on its way: #${release.number} ${where}. Follow it in <#${release.channel}>.`,
  }[how];
  const warning = caution && caution.environments.length > 0 ? ` It is built again from that commit, and ${listed(caution.environments.map((name) => `*${plain(name, 60)}*`))} get${caution.environments.length === 1 ? 's' : ''} it too.` : '';
  return { text: `${first}${warning}` };
}

export function cancellingReply(release: Release): Reply {
  return { text: `Your wish to cancel #${release.number} is recorded. It is cancelled when AWS shows it; its thread will tell.` };
}

export function leavingReply(release: Release): Reply {
  return { text: `#${release.number} is leaving the queue. Its thread says when it is out.` };
}

/** Said to somebody who wants to be mentioned. */
export function watchingReply(release: Release): Reply {
  return { text: `I’ll mention you in the thread of #${release.number} when it is its turn.` };
}

/** `approval`: who is asked before it does anything. `how`: whether it was there already. */
export function rollingBackReply(release: Release, how: 'new' | 'joined' | 'theirs', approval?: AskedFirst): Reply {
  const where = `*${plain(release.environment, 60)}*`;
  const does = approval ? `rolls ${where} back ${onceApprovedWords(approval)}` : `is rolling ${where} back`;
  const first = how === 'joined' ? `You count as a requester of #${release.number} now: it` : `#${release.number}`;
  return { text: `${first} ${does}; follow it in <#${release.channel}>.`, replaceOriginal: true };
}

export function neverMindReply(): Reply {
  return { text: 'Nothing was changed.', replaceOriginal: true };
}
