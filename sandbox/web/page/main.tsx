import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followTheme } from './theme.ts';

followTheme();
const root = document.querySelector('#page');
if (root) createRoot(root).render(<App />);
