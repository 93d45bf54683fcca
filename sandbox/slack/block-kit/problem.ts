/** One thing Slack would not accept, with where it is: a JSON pointer from the arguments' root ('/blocks/2/text'). */
export type Problem = {
  readonly pointer: string;
  readonly message: string;
  /** For `blocks.validate`: which kind of rule, and what it asks. */
  readonly rule: string;
  readonly expected: string | number;
  readonly got?: string | number;
};

/** As Slack writes it: 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]'. */
export function problemLine(problem: Problem): string {
  return `${problem.message} [json-pointer:${problem.pointer}]`;
}

/** Where problems are looked for: what surface, in which place of the arguments. */
export type Surface = 'message' | 'modal' | 'home';
