import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';

/** What a click does. The thread shows the result; the clicker is answered alone. */
export interface Button {
  /** The `action_id` that Slack sends back. */
  readonly id: string;
  press(click: Click): Promise<Reply | undefined>;
}

export interface Click {
  /** An opaque id, possibly forged: looked up and authorised again. */
  readonly value: string;
  readonly said: Said;
  readonly world: World;
}
