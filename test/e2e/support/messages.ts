/** A message as the control door shows it to a person. */
export interface Seen {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly thread_ts?: string;
  readonly ephemeral?: boolean;
  readonly edited?: unknown;
  readonly broadcast?: boolean;
  readonly reply_count?: number;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Readonly<Record<string, unknown>> };
}

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: { readonly text: string };
  readonly elements?: readonly Element[];
  /** Inputs only. */
  readonly label?: { readonly text: string };
  readonly element?: Element;
}

export interface Element {
  readonly type: string;
  readonly text?: string | { readonly text: string };
  readonly action_id?: string;
  readonly value?: string;
  readonly url?: string;
  readonly options?: readonly { readonly text: { readonly text: string } }[];
}

/** What a message says, as one reads it: text of its blocks, and its buttons in brackets. */
export function read(message: Seen): string {
  if (!message.blocks || message.blocks.length === 0) return message.text;
  return message.blocks.map(readBlock).filter((line) => line !== '').join('\n');
}

function readBlock(block: Block): string {
  if (block.type === 'actions') return (block.elements ?? []).map((element) => `[${labelOf(element)}]`).join(' ');
  if (block.type === 'context') return (block.elements ?? []).map((element) => (typeof element.text === 'string' ? element.text : (element.text?.text ?? ''))).join(' ');
  if (block.type === 'input') return `${block.label?.text ?? ''}: ${(block.element?.options ?? []).map((option) => `(${option.text.text})`).join(' ') || '________'}`;
  if (block.type === 'divider') return '----';
  return block.text?.text ?? '';
}

/** A form or a home tab, as one reads it. */
export function readView(view: { readonly blocks: readonly Block[]; readonly title?: { readonly text: string }; readonly submit?: { readonly text: string } | null }): string {
  return [...(view.title ? [`« ${view.title.text} »`] : []), ...view.blocks.map(readBlock), ...(view.submit ? [`[${view.submit.text}]`] : [])].join('\n');
}

export function labelOf(element: Element): string {
  return typeof element.text === 'string' ? element.text : (element.text?.text ?? '');
}

/** The button with this label, newest message first. */
export function findButton(messages: readonly Seen[], label: string): { readonly message: Seen; readonly block: Block; readonly element: Element } | undefined {
  for (const message of messages.toReversed()) {
    for (const block of message.blocks ?? []) {
      const element = (block.elements ?? []).find((one) => one.action_id !== undefined && labelOf(one) === label);
      if (element) return { message, block, element };
    }
  }
  return undefined;
}

/** The key of a message with ids and times made equal: the same step of a story has the same in every telling. */
export function equalKey(key: string): string {
  return key.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replaceAll(/\b(\d{13}|[0-9a-f]{8})\b/g, 'n');
}
