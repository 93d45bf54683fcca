import { useState, type ReactNode } from 'react';
import { Icon } from './chat/icons.tsx';
import { chooseTheme, readTheme } from './theme.ts';

/** Light or dark, by hand. */
export function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState(readTheme);
  const next = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="button button-icon button-bare"
      aria-label={`Use the ${next} theme`}
      title={`Use the ${next} theme`}
      onClick={() => {
        chooseTheme(next);
        setTheme(next);
      }}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} size={17} />
    </button>
  );
}
