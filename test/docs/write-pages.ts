import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './generated.ts';
import { ROOT } from './pages.ts';

/** `npx node test/docs/write-pages.ts`: writes what the docs take from the code. */
for (const [path, text] of generatedPages()) writeFileSync(join(ROOT, path), text);
