/** One thing that `jack` does on the command line. */
export interface CliCommand {
  readonly name: string;
  /** Other spellings: '--version', … */
  readonly flags?: readonly string[];
  readonly usage: string;
  readonly does: string;
  /** Answers the exit code. Throws a `StartProblem` for what the reader has to mend. */
  run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number>;
}
