import { describe, expect, it } from '@jest/globals';
import { buttons } from '../../src/buttons/index.ts';
import { forms, opensForm } from '../../src/forms/index.ts';
import type { Said } from '../../src/ports.ts';
import { sourceFiles, syntaxOf } from '../support/source-files.ts';
import type { SyntaxNode } from '../support/source-files.ts';

const views = sourceFiles('src/views').map((file) => ({ path: file.path, nodes: syntaxOf(file).nodes }));
const nodes = views.flatMap((view) => view.nodes);

const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value;
const nodeIn = (value: unknown, field: string): SyntaxNode | undefined => {
  const inner: unknown = isNode(value) ? value[field] : undefined;
  return isNode(inner) ? inner : undefined;
};
const literal = (value: unknown): string | undefined => (isNode(value) && value.type === 'StringLiteral' ? String(value['value']) : undefined);
const listIn = (value: SyntaxNode, field: string): readonly unknown[] => (Array.isArray(value[field]) ? (value[field] as readonly unknown[]) : []);

/** Second argument of every `button(label, id, …)`; undefined where it is no plain text. */
const clickable = nodes
  .filter((node) => node.type === 'CallExpression' && nodeIn(node, 'callee')?.['value'] === 'button')
  .map((call) => literal((listIn(call, 'arguments')[1] as { readonly expression?: unknown } | undefined)?.expression));

const nameOf = (property: SyntaxNode): string => {
  const name = nodeIn(property, 'key')?.['value'];
  return typeof name === 'string' ? name : '';
};

/** The plain-text properties of every object, and the names of the others. */
const objects = nodes
  .filter((node) => node.type === 'ObjectExpression')
  .map((object) => new Map(listIn(object, 'properties').filter(isNode).map((property) => [nameOf(property), literal(property['value'])] as const)));

const submitted = objects.filter((object) => object.has('callback_id') && object.has('submit')).map((object) => object.get('callback_id'));
/** Inputs that tell Jack of a change at once. */
const watched = objects.filter((object) => object.has('dispatch_action'));

const clicked = (button: string): Said => ({ id: 'x', at: 0, user: 'U1', channel: 'C1', what: { kind: 'button', button, value: '', ephemeral: false }, reply: { user: 'U1', channel: 'C1' } });

describe('what the views show', () => {
  it('has buttons and forms in it', () => {
    expect(clickable.length).toBeGreaterThan(5);
    expect(submitted.length).toBeGreaterThan(0);
  });

  it('has a button in the table for each that can be clicked', () => {
    expect(clickable.filter((id) => !buttons.some((button) => button.id === id))).toEqual([]);
  });

  it('shows each button of the table somewhere', () => {
    expect(buttons.map((button) => button.id).filter((id) => !clickable.includes(id))).toEqual([]);
  });

  it('has a form in the table for each that can be sent', () => {
    expect(submitted.filter((id) => !forms.some((form) => form.id === id))).toEqual([]);
  });

  it('shows each form of the table somewhere', () => {
    expect(forms.map((form) => form.id).filter((id) => !submitted.includes(id))).toEqual([]);
  });

  it('redraws a form for each input that is watched', () => {
    const inputs = objects.flatMap((object) => object.get('action_id') ?? []).filter((id) => id.includes('.') && opensForm(clicked(id)));
    expect(inputs).toHaveLength(watched.length);
  });

  it('makes blocks only through the one home of buttons', () => {
    const wild = views.filter((view) => !view.path.endsWith('/blocks.ts') && view.nodes.some((node) => node.type === 'StringLiteral' && node['value'] === 'button'));
    expect(wild.map((view) => view.path)).toEqual([]);
  });
});
