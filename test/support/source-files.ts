import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

const ROOT = join(import.meta.dirname, '..', '..');

/** One file of the repository and what its text is made of. */
export interface SourceFile {
  /** From the root: `src/store/index.ts`. */
  readonly path: string;
  readonly text: string;
}

/** TypeScript files below a folder of the repository, sorted. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[^.].*\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** A node of swc's syntax tree. Its `span` counts bytes, and goes on counting from file to file. */
export interface SyntaxNode {
  readonly type: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [field: string]: unknown;
}

/** Every node of the file, and the lines that a node takes. */
export function syntaxOf(file: SourceFile): { readonly nodes: readonly SyntaxNode[]; linesOf(node: SyntaxNode): { readonly first: number; readonly count: number } } {
  // swc's positions start wherever the last file ended: an empty statement in front tells where that is.
  const program = parseSync(`;${file.text.replace(/^#!/, '//')}`, { syntax: 'typescript', tsx: file.path.endsWith('x'), target: 'es2023' });
  const nodes = [...nodesIn(program.body)];
  const base = (nodes[0]?.span?.start ?? 0) + 1;
  const bytes = Buffer.from(file.text);
  const lineAt = (position: number): number => bytes.subarray(0, position - base).toString('utf8').split('\n').length;
  return {
    nodes,
    linesOf({ span }) {
      const first = lineAt(span?.start ?? base);
      return { first, count: lineAt(span?.end ?? base) - first + 1 };
    },
  };
}

function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') yield value as SyntaxNode;
  for (const inner of Object.values(value)) yield* nodesIn(inner);
}
