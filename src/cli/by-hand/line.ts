import { literal, type Word } from './word.ts';

/** What is typed into a shell: a call of AWS's command line, a variable that the reader fills in, or a setting of the shell. */
export type Line = AwsLine | SetLine | { readonly kind: 'export'; readonly text: string };

export interface AwsLine {
  readonly kind: 'aws';
  /** As the command line names it: 'codepipeline', 'elasticbeanstalk', … */
  readonly service: string;
  /** 'get-pipeline-state'; a waiter is 'wait environment-updated'. */
  readonly operation: string;
  /** '--name' and its value, in order; an option without a value is a switch. */
  readonly options: readonly (readonly [name: string, value?: Word])[];
  /** The shell variable that keeps the answer. */
  readonly into?: string;
}

/** Without a value the reader writes it behind the `=`: left empty, AWS refuses the lines that use it. */
export interface SetLine {
  readonly kind: 'set';
  readonly variable: string;
  readonly value?: string;
}

/** How the answer is shown. `into` takes it as text. */
export interface Shown {
  readonly query?: Word;
  readonly output?: 'table' | 'text' | 'json';
  readonly into?: string;
  /** Of a list: at most so many, newest first. */
  readonly most?: number;
}

/** A call in the app's region. */
export function aws(region: Word, call: `${string} ${string}`, options: AwsLine['options'], shown: Shown = {}): AwsLine {
  const [service = '', ...operation] = call.split(' ');
  const output = shown.into === undefined ? shown.output : 'text';
  return {
    kind: 'aws',
    service,
    operation: operation.join(' '),
    options: [
      ['--region', region],
      ...options,
      ...(shown.most === undefined ? [] : [['--max-items', literal(String(shown.most))] as const]),
      ...(shown.query === undefined ? [] : [['--query', shown.query] as const]),
      ...(output === undefined ? [] : [['--output', literal(output)] as const]),
    ],
    ...(shown.into !== undefined && { into: shown.into }),
  };
}

export function set(variable: string, value?: string): SetLine {
  return { kind: 'set', variable, ...(value !== undefined && { value }) };
}

/** Terminals and pages are about so wide. */
const WIDTH = 110;

/** The line as the shell takes it; a long one goes on behind backslashes. No comments: zsh takes none when it is typed into. */
export function shellOf(line: Line): string {
  if (line.kind === 'export') return line.text;
  if (line.kind === 'set') return `${line.variable}=${line.value === undefined ? '' : literal(line.value).argument}`;
  const parts = [`aws ${line.service} ${line.operation}`, ...line.options.map(([name, value]) => (value ? `${name}${value.dashed ? '=' : ' '}${value.argument}` : name))];
  const rows: string[] = [];
  for (const part of parts) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + part.length < WIDTH) rows[rows.length - 1] = `${last} ${part}`;
    else rows.push(part);
  }
  const call = rows.join(' \\\n  ');
  return line.into === undefined ? call : `${line.into}=$(${call})`;
}

/** The permission that a line needs, as IAM names it; undefined where it needs none. */
export function actionOf(line: Line): string | undefined {
  if (line.kind !== 'aws' || line.service === 'sts') return undefined;
  const operation = line.operation.startsWith('wait ') ? 'describe-environments' : line.operation;
  return `${line.service}:${operation.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}
