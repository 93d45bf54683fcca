import type { KnownBlock } from '@slack/types';
import type { Closed, GateName } from '../domain/gates/gate.ts';
import { SHORTEST_GLASS_REASON } from '../domain/door/glass.ts';
import type { NoteKind } from '../domain/release-note.ts';
import type { Release } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import { context, section } from './blocks.ts';
import { closedWords } from './gates/gate-words.ts';
import { PASSED } from './gates/passed-words.ts';
import type { WantedMessage } from './message.ts';
import { replyMessage } from './replies.ts';
import type { Reply } from './reply.ts';
import { mention, mentions, plain, revisionWords } from './words.ts';

/** Loud: everybody in the channel reads who let a release pass a closed gate, and why; the owners are mentioned. */
export function brokenGlassReply(release: Release, key: string, { gate, by, reason, owners, environment }: Extract<NoteKind, { kind: 'broken-glass' }>): WantedMessage {
  const others = (owners ?? []).filter((owner) => owner !== by);
  const told = others.length === 0 ? '' : `\n${mentions(others)}: so that you know.`;
  const text = `:rotating_light: *Break glass*: ${mention(by)} let #${release.number} pass ${PASSED[gate]} of *${plain(release.app, 60)} → ${plain(environment ?? release.environment, 60)}*: “${plain(reason, 500)}”${told}`;
  return replyMessage(release, key, text, { broadcast: true, blocks: [section(text)] });
}

/** What is to pass: a release that waits, or a request that was refused. */
interface Passing {
  readonly app: string;
  readonly environment: string;
  readonly gate: GateName;
  readonly closed?: Closed;
  readonly what: { readonly kind: 'release'; readonly number: number } | { readonly kind: 'request'; readonly purpose: 'deploy' | 'rollback'; readonly revision: Revision };
}

function whatWords({ what }: Passing): string {
  if (what.kind === 'release') return `#${what.number}`;
  return `${what.purpose === 'rollback' ? 'the rollback to' : 'the release of'} ${revisionWords(what.revision)}`;
}

/** Asks the owner for the reason. */
export function glassForm(passing: Passing, metadata: string) {
  const { app, environment, gate, closed } = passing;
  const words = closed === undefined ? '' : `\nThe environment ${closedWords(gate, closed)}.`;
  return {
    type: 'modal',
    callback_id: 'glass',
    title: { type: 'plain_text', text: 'Break glass' },
    submit: { type: 'plain_text', text: 'Break glass' },
    close: { type: 'plain_text', text: 'Leave it' },
    private_metadata: metadata,
    blocks: [
      section(`*${plain(app, 60)} → ${plain(environment, 60)}*: ${whatWords(passing)} passes ${PASSED[gate]}.${words}`),
      context('The channel and the other owners are told at once who did it and why, and it stands in the audit.'),
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Why it cannot wait' },
        element: { type: 'plain_text_input', action_id: 'glass.reason', multiline: true, min_length: SHORTEST_GLASS_REASON, max_length: 500 },
      },
    ],
  } as const satisfies { blocks: readonly KnownBlock[] } & Record<string, unknown>;
}

/** The owner's own answer. */
export function glassBrokenReply(release: Release, gate: GateName): Reply {
  const elsewhere = release.passes?.findLast((pass) => pass.gate === gate)?.environment;
  return { text: `#${release.number} passes ${PASSED[gate]}${elsewhere === undefined ? '' : ` of *${plain(elsewhere, 60)}*`} now; its thread tells the channel that you let it.` };
}
