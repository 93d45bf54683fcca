import type { ReactNode } from 'react';
import type { Person } from '../door/shapes.ts';

/** A person's picture: initials on the person's colour; Jack's own mark for Jack. */
export function Avatar({ person, size = 36 }: { readonly person: Pick<Person, 'realName' | 'role' | 'color'> | undefined; readonly size?: number }): ReactNode {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.42), borderRadius: Math.max(4, Math.round(size * 0.2)) };
  if (!person || person.role === 'bot') return <img className="avatar" style={style} src="/icon.svg" alt="" width={size} height={size} />;
  return (
    <span className="avatar" style={{ ...style, backgroundColor: shade(person.color) }} aria-hidden="true">
      {initials(person.realName)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/);
  const letters = words.map((word) => word.match(/^./u)?.[0]?.toUpperCase() ?? '');
  return /^\p{Script=Hangul}/u.test(name) ? (letters[0] ?? '') : letters.slice(0, 2).join('');
}

/** Dark enough for white letters, whatever colour the workspace gave. */
function shade(color: string | undefined): string {
  const hex = color?.replace(/^#/, '');
  return hex && /^[0-9a-f]{6}$/i.test(hex) ? `color-mix(in oklab, #${hex} 72%, black)` : '#5b6470';
}
