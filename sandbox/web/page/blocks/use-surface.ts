import { useCallback, useMemo, useRef, useState } from 'react';
import { askOptions, clickElement, selectValue, type Spot } from '../door/act.ts';
import { touchArea } from '../door/answers.ts';
import type { InputElement, Option } from '../door/block-shapes.ts';
import { useTry } from '../notices.tsx';
import { useReader } from '../text/reader.tsx';
import { outgoingValue, plainOptions } from './outgoing.ts';
import type { FieldValue, Surface } from './surface.tsx';
import { initialValue } from './values.ts';

interface SurfaceOptions {
  readonly id: string;
  readonly spot: Spot;
  readonly errors?: Readonly<Record<string, string>> | undefined;
  /** Whether a change of this element is told at once: never for plain input blocks. */
  readonly dispatches: (blockId: string) => boolean;
}

/** Keeps what was entered in a message or view, and takes clicks to the bot. */
export function useMakeSurface({ id, spot, errors, dispatches }: SurfaceOptions): Surface {
  const { me } = useReader();
  const attempt = useTry();
  const [entered, setEntered] = useState<Readonly<Record<string, FieldValue>>>({});
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const place = JSON.stringify(spot);

  const during = useCallback(
    async (key: string, run: () => Promise<unknown>): Promise<void> => {
      setBusy((before) => new Set([...before, key]));
      await attempt(run);
      touchArea('slack');
      setBusy((before) => new Set([...before].filter((other) => other !== key)));
    },
    [attempt],
  );
  const target = useCallback((blockId: string, actionId: string) => ({ user: me, spot: JSON.parse(place) as Spot, blockId, actionId }), [me, place]);
  const seen = useRef(new Map<string, Option>());
  const options = useCallback(
    async (blockId: string, actionId: string, query: string) => {
      const found = await askOptions(target(blockId, actionId), query);
      for (const option of plainOptions(found)) seen.current.set(option.value, option);
      return found;
    },
    [target],
  );

  return useMemo<Surface>(
    () => ({
      id,
      busy,
      options,
      error: (blockId) => errors?.[blockId],
      value: (blockId, element) => readValue(entered, blockId, element),
      outgoing: (blockId, element) => outgoingValue(element, readValue(entered, blockId, element), seen.current),
      change: (blockId, element, value) => {
        setEntered((before) => ({ ...before, [keyOf(blockId, element)]: value }));
        if (dispatches(blockId)) void during(`${blockId}/${element.action_id}`, () => selectValue(target(blockId, element.action_id), outgoingValue(element, value, seen.current)));
      },
      press: (blockId, element, option) => during(`${blockId}/${element.action_id}`, () => clickElement(target(blockId, element.action_id), option?.value)),
    }),
    [id, busy, options, errors, entered, dispatches, during, target],
  );
}

function keyOf(blockId: string, element: InputElement): string {
  return `${blockId}/${element.action_id}`;
}

function readValue(entered: Readonly<Record<string, FieldValue>>, blockId: string, element: InputElement): FieldValue {
  const key = keyOf(blockId, element);
  return Object.hasOwn(entered, key) ? entered[key] : initialValue(element);
}
