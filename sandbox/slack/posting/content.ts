import type { Json, JsonObject } from '../../json.ts';
import type { Arguments } from '../api/arguments.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { lengthOf } from '../block-kit/limit-problems.ts';
import { SlackRefusal } from '../refusal.ts';
import { listOf, objectOf, objectsOf } from '../values.ts';
import { assertMessageBlocks, withBlockIds } from './block-refusal.ts';

/** What a message says, accepted. `posted` are the blocks as they came, `blocks` with the ids Slack adds. */
export type Content = {
  readonly text: string;
  readonly blocks?: readonly JsonObject[];
  readonly posted?: readonly JsonObject[];
  readonly attachments?: readonly JsonObject[];
};

/** Slack cuts what is longer. */
const LONGEST_TEXT = 40_000;
const LONGEST_MARKDOWN = 12_000;
const MOST_ATTACHMENTS = 100;

/** Reads and checks text, blocks, attachments and markdown of a call. Throws what Slack answers. */
export function readContent(workspace: Workspace, args: Arguments): Content {
  const markdown = args.text('markdown_text') ?? '';
  const text = args.text('text') ?? '';
  const blocks = readList(args.structured('blocks', 'invalid_blocks_format'), 'invalid_blocks_format');
  const attachments = readList(args.structured('attachments', 'invalid_attachments'), 'invalid_attachments') ?? [];
  if (markdown !== '' && (text !== '' || blocks !== undefined)) throw new SlackRefusal('markdown_text_conflict');
  if (lengthOf(markdown) > LONGEST_MARKDOWN) throw new SlackRefusal('msg_too_long');
  if (attachments.length > MOST_ATTACHMENTS) throw new SlackRefusal('too_many_attachments');
  if (text === '' && markdown === '' && (blocks?.length ?? 0) === 0 && attachments.length === 0) throw new SlackRefusal('no_text');
  if (blocks !== undefined) assertMessageBlocks(workspace, blocks);
  for (const [index, attachment] of attachments.entries()) assertMessageBlocks(workspace, objectsOf(attachment['blocks']), `/attachments/${index}`);
  return {
    text: Array.from(text === '' ? markdown : text).slice(0, LONGEST_TEXT).join(''),
    ...(blocks === undefined || blocks.length === 0 ? {} : { blocks: withBlockIds(blocks), posted: blocks }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

function readList(value: Json, refusal: string): readonly JsonObject[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list = listOf(value);
  if (list === undefined || list.some((item) => objectOf(item) === undefined)) throw new SlackRefusal(refusal);
  return objectsOf(list);
}
