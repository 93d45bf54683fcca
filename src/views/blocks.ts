import type { ActionsBlock, Button, ContextBlock, DividerBlock, HeaderBlock, SectionBlock } from '@slack/types';
import { clip, clipMarkup } from './words.ts';

/** Slack refuses the whole message when one text is longer. */
const SECTION_MAX = 3000;
const BUTTON_MAX = 75;
const HEADER_MAX = 150;
const CONTEXT_MAX = 3000;

export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clipMarkup(text, SECTION_MAX) } };
}

/** As many lines together as a section holds. */
export function inSections(lines: readonly string[]): readonly SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < SECTION_MAX) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map(section);
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clipMarkup(text, CONTEXT_MAX) }] };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: clip(text, HEADER_MAX), emoji: true } };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(blockId: string, ...elements: readonly Button[]): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements: [...elements] };
}

/** `value` is an opaque id: nothing in a button is trusted. */
export function button(label: string, id: string, value: string, look: { readonly style?: 'primary' | 'danger'; readonly confirm?: Confirm } = {}): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: clip(label, BUTTON_MAX), emoji: true },
    action_id: id,
    value,
    ...(look.style && { style: look.style }),
    ...(look.confirm && { confirm: confirmDialog(look.confirm) }),
  };
}

export function linkButton(label: string, url: string): Button {
  return { type: 'button', text: { type: 'plain_text', text: clip(label, BUTTON_MAX), emoji: true }, action_id: 'link', url };
}

interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

function confirmDialog({ title, text, yes, no }: Confirm): NonNullable<Button['confirm']> {
  return {
    title: { type: 'plain_text', text: clip(title, 100) },
    text: { type: 'mrkdwn', text: clip(text, 300) },
    confirm: { type: 'plain_text', text: clip(yes, 30) },
    deny: { type: 'plain_text', text: clip(no, 30) },
  };
}
