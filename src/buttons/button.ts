import type { ClickPlace } from '../operations/clicks/believe-click.ts';
import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';

/** What a click does. The thread shows the result; the clicker is answered alone. */
export interface Button {
  /** The `action_id` that Slack sends back. */
  readonly id: string;
  /** Where Jack puts it; clicked anywhere else it does nothing (operations/clicks/believe-click.ts). */
  readonly where: readonly ClickPlace[];
  /**
   * In a message that is recorded: whose message its value belongs to. Left out: the release of that id or of that
   * approval, else the value itself (a barrier's id). Undefined: of nothing that Jack knows.
   */
  readonly ownerOf?: (value: string, world: World) => Promise<string | undefined>;
  /** Whether a message of somebody else's thread names the value, and shows the button there too. */
  readonly alsoIn?: (owner: string, value: string, world: World) => Promise<boolean>;
  press(click: Click): Promise<Reply | undefined>;
}

export interface Click {
  /** An opaque id, possibly forged: looked up and authorised again. */
  readonly value: string;
  readonly said: Said;
  readonly world: World;
}
