/** One thing that is wrong with `jack.yml`, alone or beside what AWS says. */
export interface Problem {
  /** `apps[0].environments.prod.approval.count`; empty for the file as a whole. */
  readonly path: string;
  /** From 1; absent where the problem shows only beside AWS. */
  readonly line?: number;
  readonly found: string;
  /** What may stand there. */
  readonly allowed: string;
  /** The known name that was probably meant. */
  readonly nearest?: string;
  /** Lines for the file that would settle it. */
  readonly write?: readonly string[];
}

/** The problem in one line, and under it the lines to write, where there are any. */
export function problemText(problem: Problem, file = 'jack.yml'): string {
  const place = [problem.line === undefined ? file : `${file}:${problem.line}`, problem.path].filter((part) => part !== '').join(' ');
  const meant = problem.nearest === undefined ? '' : ` (did you mean ${problem.nearest}?)`;
  const write = (problem.write ?? []).map((line) => `\n  ${line}`).join('');
  return `${place}: found ${problem.found}${meant}; allowed: ${problem.allowed}${write}`;
}

/** What was found, short enough for a line. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a group of settings';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** `['apps', 0, 'name']` as `apps[0].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('').replace(/^\./, '');
}
