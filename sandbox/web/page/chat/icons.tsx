import type { ReactNode } from 'react';

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-6.5z',
  reply: 'M5 5h14v10H10l-5 4z',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  down: 'M6 9l6 6 6-6',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  cloud: 'M7 18.5a4.5 4.5 0 0 1-.6-8.96A6 6 0 0 1 18 11a3.8 3.8 0 0 1-.5 7.5z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  external: 'M13 5h6v6M19 5l-9 9M9 6H5v13h13v-4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  bolt: 'M13 3L5 13.5h6L10 21l9-11h-6.5z',
  menu: 'M4 6h16M4 12h16M4 18h16',
  commit: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 12h6M15.5 12h6',
} as const;

export type IconName = keyof typeof PATHS;

/** A small line drawing; it says nothing to a screen reader, its button does. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 3 : 1.8} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
