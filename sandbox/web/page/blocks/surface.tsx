import { createContext, useContext } from 'react';
import type { ButtonElement, InputElement, Option, OptionGroup, OverflowElement } from '../door/block-shapes.ts';

/** What an element holds: text, a chosen value, or several. Date-times are unix seconds as text. */
export type FieldValue = string | readonly string[] | undefined;

/** Where blocks stand (a message, a modal, the home tab), and what they can do there. */
export interface Surface {
  readonly id: string;
  /** What an element holds now: what was entered, else its initial value. */
  readonly value: (blockId: string, element: InputElement) => FieldValue;
  /** The same as the control door takes it. */
  readonly outgoing: (blockId: string, element: InputElement) => unknown;
  /** Enters a value; tells the bot at once where Slack would. */
  readonly change: (blockId: string, element: InputElement, value: FieldValue) => void;
  /** A click on a button or an entry of an overflow menu. Resolves when it was acknowledged. */
  readonly press: (blockId: string, element: ButtonElement | OverflowElement, option?: Option) => Promise<void>;
  /** Asks the bot for an external select's options. */
  readonly options: (blockId: string, actionId: string, query: string) => Promise<readonly (Option | OptionGroup)[]>;
  readonly error: (blockId: string) => string | undefined;
  /** Clicks on their way: '<block_id>/<action_id>'. */
  readonly busy: ReadonlySet<string>;
}

const SurfaceContext = createContext<Surface | undefined>(undefined);

export const SurfaceProvider = SurfaceContext.Provider;

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('A block was drawn outside of a message or view.');
  return surface;
}
