import { LineCounter, isMap, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import { nearest } from '../domain/nearest.ts';
import { configOf } from './config.ts';
import type { Config } from './config.ts';
import { contradictions } from './contradictions.ts';
import { nearestZone, ZONE_ALLOWED } from './freeze-times.ts';
import { pathText, shown } from './problems.ts';
import type { Problem } from './problems.ts';
import { written } from './written.ts';

type Path = readonly PropertyKey[];

/** Reads the text of a `jack.yml`: what it says, or every problem in it, in the order of its lines. */
export function readConfig(text: string): { readonly config: Config } | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const file = parseDocument(text, { lineCounter: lines });
  if (file.errors.length > 0) return { problems: file.errors.map(syntaxProblem) };

  const value: unknown = file.toJS();
  const lineOf = (path: Path): number => lines.linePos(offsetOf(file, path)).line;
  const result = written.safeParse(value);
  const problems = [...(result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, value))), ...contradictions(value)];
  if (result.success && problems.length === 0) return { config: configOf(result.data) };
  return { problems: problems.map(({ at, ...problem }) => ({ path: pathText(at), line: lineOf(at), ...problem })).sort((a, b) => a.line - b.line) };
}

/** A problem before its place has been turned into text. */
export type Placed = Omit<Problem, 'path' | 'line'> & { readonly at: Path };

function syntaxProblem(error: { readonly message: string; readonly linePos?: readonly { readonly line: number }[] | undefined }): Problem {
  // yaml's first line says it; a drawing of the place follows.
  const said = error.message.split('\n')[0] ?? '';
  const line = error.linePos?.[0]?.line;
  return { path: '', ...(line !== undefined && { line }), found: said.replace(/ at line \d+.*$/, ''), allowed: 'YAML, each setting once' };
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown): readonly Placed[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSetting([...issue.path, key], key));
  const within = issue.code === 'invalid_union' ? issue.errors.find((problems) => problems.every(isWithin)) : undefined;
  if (within) return within.flatMap((one) => problemsOf({ ...one, path: [...issue.path, ...one.path] }, value));
  const found = valueAt(value, issue.path);
  const allowed = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const options = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const meant = typeof found === 'string' ? (issue.message === ZONE_ALLOWED ? nearestZone(found) : nearest(found, options)) : undefined;
  const name = issue.path.at(-1);
  return [{ at: issue.path, found: issue.code === 'invalid_key' ? shown(name) : shown(found), allowed, ...(meant !== undefined && { nearest: meant }) }];
}

/** Of what may be a word or settings: settings were written, and the mistake is in one of them. */
function isWithin({ code, path }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === 'unrecognized_keys';
}

function unknownSetting(at: Path, key: string): Placed {
  const known = settingsAt(at.slice(0, -1));
  const meant = nearest(key, known);
  return { at, found: `an unknown setting ${shown(key)}`, allowed: known.join(', '), ...(meant !== undefined && { nearest: meant }) };
}

/** The names that the schema knows at a place. */
function settingsAt(path: Path): readonly string[] {
  let at: unknown = written;
  for (const step of path) {
    at = bare(at);
    if (at instanceof z.ZodObject) at = (at.shape as Record<PropertyKey, unknown>)[step];
    else if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
  }
  const schema = bare(at);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject);
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap()) : schema;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined), value);
}

/** Where the place is in the text: its key, or what stands nearest above when it is missing. */
function offsetOf(file: Document, path: Path): number {
  const name = path.at(-1);
  if (name === undefined) return 0;
  const parent = file.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
  }
  const node = file.getIn(path, true);
  if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) return Number(node.range[0]);
  return offsetOf(file, path.slice(0, -1));
}
