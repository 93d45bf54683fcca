export type Theme = 'light' | 'dark';

/** The theme now: the reader's choice, else the system's. */
export function readTheme(): Theme {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Keeps the choice and shows it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem('theme', theme);
  showTheme();
}

/** Shows the theme, and follows the system as long as nobody chose. */
export function followTheme(): void {
  showTheme();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme);
}

function showTheme(): void {
  document.documentElement.dataset['theme'] = readTheme();
}
