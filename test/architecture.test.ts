import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sourceFiles, syntaxOf } from './support/source-files.ts';
import type { SourceFile, SyntaxNode } from './support/source-files.ts';

/** What a folder of `src` may import: others of `src`, Node's own modules, and packages (`type:` for types alone). */
interface Rule {
  readonly own: readonly string[];
  readonly node?: readonly string[];
  readonly packages?: readonly string[];
}

const RULES: Readonly<Record<string, Rule>> = {
  domain: { own: [] },
  diagnoses: { own: ['domain'] },
  views: { own: ['domain', 'diagnoses'], node: ['crypto'], packages: ['type:@slack/types'] },
  'ports.ts': { own: ['type:domain', 'type:diagnoses', 'type:views'] },
  operations: { own: ['domain', 'ports.ts'] },
  reconciler: { own: ['domain', 'diagnoses', 'views', 'ports.ts'], packages: ['type:pino'] },
  commands: { own: ['domain', 'views', 'operations', 'ports.ts'] },
  // Clicking and filling in are other ways to say what a command says.
  buttons: { own: ['domain', 'views', 'operations', 'commands', 'ports.ts'] },
  forms: { own: ['domain', 'views', 'operations', 'commands', 'ports.ts'] },
  config: { own: ['domain'], packages: ['yaml', 'zod'] },
  aws: { own: ['domain', 'diagnoses', 'ports.ts', 'config'], node: ['*'], packages: ['@aws-sdk/', '@smithy/', '@secretlint/', 'type:pino'] },
  slack: { own: ['domain', 'views', 'operations', 'ports.ts', 'config', 'commands', 'buttons', 'forms'], node: ['*'], packages: ['@slack/', 'type:pino'] },
  store: { own: ['domain', 'type:views', 'ports.ts', 'config'], node: ['*'], packages: ['kysely', 'pg'] },
  cli: { own: ['*'], node: ['*'] },
  // What joins the parts: main.ts, app.ts and what they are made of.
  '.': { own: ['*'], node: ['*'], packages: ['pino', 'prom-client'] },
};

const src = sourceFiles('src');
const written = [...src, ...sourceFiles('sandbox'), ...sourceFiles('test')];

/** The part of `src` a file belongs to: its folder, `ports.ts` with its folder, or `.` for the other files at the root. */
function partOf(path: string): string {
  const [, first = '', ...rest] = path.split('/');
  if (first === 'ports') return 'ports.ts';
  return rest.length > 0 || first === 'ports.ts' ? first : '.';
}

interface Import {
  readonly from: string;
  readonly isType: boolean;
}

function importsOf(file: SourceFile): readonly Import[] {
  const patterns = [/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'/g, /(?:^|\n)\s*import\s+()'([^']+)'/g, /\bimport\(()'([^']+)'\)/g];
  return patterns.flatMap((pattern) => [...file.text.matchAll(pattern)].map(([, isType, from = '']) => ({ from, isType: Boolean(isType) })));
}

/** What the rule does not allow, in words. */
function forbidden(file: SourceFile, rule: Rule, part: string): readonly string[] {
  return importsOf(file).flatMap(({ from, isType }) => {
    const allows = (list: readonly string[] | undefined, name: string): boolean =>
      (list ?? []).some((entry) => entry === '*' || entry === name || (entry.endsWith('/') && name.startsWith(entry)) || (isType && entry === `type:${name}`));
    if (from.startsWith('.')) {
      const to = partOf(join(dirname(file.path), from));
      return to === part || allows(rule.own, to) ? [] : [`${file.path} imports ${from}`];
    }
    const builtin = from.replace(/^node:/, '').split('/')[0] ?? '';
    if (from.startsWith('node:') || builtinModules.includes(builtin)) return allows(rule.node, builtin) ? [] : [`${file.path} imports ${from}`];
    const name = from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/');
    return allows(rule.packages, name) ? [] : [`${file.path} imports ${from}`];
  });
}

describe('imports', () => {
  it('belong to a part that has a rule', () => {
    expect(src.map((file) => partOf(file.path)).filter((part) => !(part in RULES))).toEqual([]);
  });

  it.each(Object.entries(RULES))('of src/%s are those that its rule allows', (part, rule) => {
    expect(src.filter((file) => partOf(file.path) === part).flatMap((file) => forbidden(file, rule, part))).toEqual([]);
  });

  it('never lead from the sandbox or the stories into src', () => {
    const apart = [...sourceFiles('sandbox'), ...sourceFiles('test').filter((file) => file.path.startsWith('test/e2e/') || file.path.startsWith('test/page/'))];
    expect(apart.filter((file) => importsOf(file).some(({ from }) => join(dirname(file.path), from).startsWith('src/'))).map((file) => file.path)).toEqual([]);
  });

  it('never lead from src into the sandbox or the tests', () => {
    expect(src.filter((file) => importsOf(file).some(({ from }) => /^(sandbox|test)\//.test(join(dirname(file.path), from)))).map((file) => file.path)).toEqual([]);
  });
});

describe('pure parts', () => {
  const pure = src.filter((file) => /^src\/(domain|diagnoses|views)\//.test(file.path) || file.path.startsWith('src/reconciler/plan'));

  it.each([
    ['Date.now', /\bDate\.now\b/],
    ['new Date()', /\bnew Date\(\s*\)/],
    ['process.env', /\bprocess\./],
    ['Math.random', /\bMath\.random\b/],
    ['a timer', /\bset(Timeout|Interval|Immediate)\b/],
    ['fetch', /\bfetch\(/],
  ])('have no %s', (_what, pattern) => {
    expect(pure.length).toBeGreaterThan(20);
    expect(pure.filter((file) => pattern.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});

describe('files', () => {
  it('are named in small words with dashes', () => {
    expect(written.map((file) => file.path).filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.test|\.d)?\.tsx?$/.test(path))).toEqual([]);
  });

  it('have at most 250 lines', () => {
    expect(written.map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 })).filter(({ lines }) => lines > 250)).toEqual([]);
  });

  it('do not stand in a drawer for everything', () => {
    expect(written.map((file) => file.path).filter((path) => path.split(/[/.]/).some((word) => /^(utils?|helpers?|common|lib|core|services?|managers?)$/.test(word)) && !EXCUSED.has(path))).toEqual([]);
  });

  it('are at most 20 in a folder, catalogues aside', () => {
    const folders = new Map<string, number>();
    for (const { path } of written) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
    const catalogues = ['src/commands', 'src/buttons', 'src/forms', 'src/diagnoses', 'src/domain/gates'];
    expect([...folders].filter(([folder, count]) => count > 20 && !catalogues.includes(folder))).toEqual([]);
  });

  it('have no default export in src', () => {
    expect(src.filter((file) => /^export default\b/m.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('promise nothing for later and silence no rule without a reason', () => {
    const marks = /\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-nocheck|(eslint|oxlint)-disable(?!.*--)/;
    expect(written.filter((file) => !file.path.startsWith('test/architecture') && marks.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});

/** A service of AWS is what the sandbox's engine runs. */
const EXCUSED: ReadonlySet<string> = new Set(['sandbox/aws/engine/service.ts']);

describe('functions', () => {
  const kinds = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassMethod', 'PrivateMethod', 'MethodProperty', 'Constructor']);

  it('have at most 60 lines', () => {
    const long = [...src, ...sourceFiles('sandbox')].flatMap((file) => {
      const syntax = syntaxOf(file);
      const isLong = (node: SyntaxNode): boolean => kinds.has(node.type) && syntax.linesOf(node).count > 60;
      return syntax.nodes.filter(isLong).map((node) => `${file.path}:${syntax.linesOf(node).first} has ${syntax.linesOf(node).count} lines`);
    });
    expect(long).toEqual([]);
  });
});
