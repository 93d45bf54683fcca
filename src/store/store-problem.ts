/** The store cannot be opened. The message is one sentence for whoever runs Jack: what is wrong and what to do. */
export class StoreProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreProblem';
  }
}
