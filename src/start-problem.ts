/** Jack cannot start. Each line is one sentence that says what to do; nothing else is shown. */
export class StartProblem extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[], cause?: unknown) {
    super(lines.join('\n'), { cause });
    this.name = 'StartProblem';
    this.lines = lines;
  }
}
