import { useState, type ReactNode } from 'react';
import type { Option, OverflowElement } from '../door/block-shapes.ts';
import { Icon } from '../chat/icons.tsx';
import { Text } from '../text/formatted.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Menu } from './menu.tsx';
import { useSurface } from './surface.tsx';

/** The three dots and their menu. */
export function OverflowView({ blockId, element }: { readonly blockId: string; readonly element: OverflowElement }): ReactNode {
  const surface = useSurface();
  const [asking, setAsking] = useState<Option>();
  const press = (option: Option): void => {
    if (option.url !== undefined) window.open(option.url, '_blank', 'noopener,noreferrer');
    void surface.press(blockId, element, option);
  };
  return (
    <>
      <Menu
        label="More"
        busy={surface.busy.has(`${blockId}/${element.action_id}`)}
        button={<Icon name="more" />}
        items={element.options.map((option) => ({ key: option.value, label: <Text text={option.text} />, run: () => (element.confirm ? setAsking(option) : press(option)) }))}
      />
      {asking && element.confirm && (
        <ConfirmDialog
          confirm={element.confirm}
          onAnswer={(yes) => {
            setAsking(undefined);
            if (yes) press(asking);
          }}
        />
      )}
    </>
  );
}
