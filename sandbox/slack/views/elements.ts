import type { JsonObject } from '../../json.ts';
import { objectOf, objectsOf, textOf } from '../values.ts';

/** An interactive element with the block it stands in. */
export type Placed = { readonly block: JsonObject; readonly blockId: string; readonly element: JsonObject; readonly actionId: string };

/** All interactive elements of some blocks, nested blocks included. */
export function elementsIn(blocks: readonly JsonObject[]): readonly Placed[] {
  return blocks.flatMap((block) => [...elementsOf(block).map((element) => placed(block, element)), ...elementsIn(objectsOf(block['child_blocks']))]);
}

/** One element by its ids; without a block id, the first with that action id. */
export function findElement(blocks: readonly JsonObject[], actionId: string, blockId?: string): Placed | undefined {
  return elementsIn(blocks).find((each) => each.actionId === actionId && (blockId === undefined || each.blockId === blockId));
}

function placed(block: JsonObject, element: JsonObject): Placed {
  return { block, blockId: textOf(block['block_id']) ?? '', element, actionId: textOf(element['action_id']) ?? '' };
}

function elementsOf(block: JsonObject): readonly JsonObject[] {
  const single = [objectOf(block['element']), objectOf(block['accessory'])].filter((element) => element !== undefined);
  return [...single, ...objectsOf(block['elements']), ...objectsOf(block['actions'])].filter((element) => element['action_id'] !== undefined);
}
