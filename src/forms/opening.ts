/** A click that opens a form: its trigger id lives three seconds. */
export interface Opening {
  readonly triggerId: string;
  readonly value: string;
  readonly user: string;
  readonly channel: string;
  readonly threadTs?: string;
}

/** Where the answer to the form goes: a part of its metadata. */
export function answerPlace({ channel, threadTs }: Opening): { readonly channel: string; readonly threadTs?: string } {
  return { channel, ...(threadTs !== undefined && { threadTs }) };
}
