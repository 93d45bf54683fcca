import type { KnownBlock } from '@slack/types';
import { section } from '../blocks.ts';
import { clip, plain } from '../words.ts';

/** A yes with something to say. */
export function commentForm(number: number, app: string, environment: string, metadata: string) {
  return {
    type: 'modal',
    callback_id: 'approve',
    title: { type: 'plain_text', text: clip(`Approve #${number}`, 24) },
    submit: { type: 'plain_text', text: 'Approve' },
    close: { type: 'plain_text', text: 'Leave it' },
    private_metadata: metadata,
    blocks: [
      section(`*${plain(app, 60)} → ${plain(environment, 60)}* may go on with #${number}. Your comment stands in the thread and in CodePipeline’s history.`),
      {
        type: 'input',
        block_id: 'comment',
        label: { type: 'plain_text', text: 'Comment' },
        element: { type: 'plain_text_input', action_id: 'approve.comment', multiline: true, max_length: 400 },
      },
    ],
  } as const satisfies { blocks: readonly KnownBlock[] } & Record<string, unknown>;
}
