import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';

export type FormValues = Readonly<Record<string, string>>;

/** What people fill in. */
export interface Form {
  /** The view's callback_id. */
  readonly id: string;
  /** What is wrong, by block id; undefined when nothing is. */
  check(values: FormValues): Readonly<Record<string, string>> | undefined;
  /** Runs after Slack got its ack; answered to the person alone. */
  submit(filled: { readonly values: FormValues; readonly privateMetadata: string; readonly said: Said; readonly world: World }): Promise<Reply | undefined>;
}
