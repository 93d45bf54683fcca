/** Puts a pop-up (of the top layer) below its anchor, or above where there is no room, within the window. */
export function placeBelow(anchor: HTMLElement, popup: HTMLElement, align: 'left' | 'right'): void {
  const gap = 4;
  const box = anchor.getBoundingClientRect();
  if (align === 'left') popup.style.width = `${box.width}px`;
  const size = popup.getBoundingClientRect();
  const below = innerHeight - box.bottom - gap * 2;
  const upwards = size.height > below && box.top > below;
  const left = align === 'left' ? box.left : box.right - size.width;
  popup.style.left = `${Math.max(gap, Math.min(left, innerWidth - size.width - gap))}px`;
  popup.style.top = upwards ? `${Math.max(gap, box.top - size.height - gap)}px` : `${box.bottom + gap}px`;
  popup.style.maxHeight = `${Math.max(120, upwards ? box.top - gap * 2 : below)}px`;
}
