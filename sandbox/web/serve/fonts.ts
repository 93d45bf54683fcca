import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';

const require = createRequire(import.meta.url);

/** Address under /fonts/ → npm package. A bare machine has neither Hangul nor emoji, so the page brings its own. */
const FAMILIES: Readonly<Record<string, string>> = {
  inter: '@fontsource-variable/inter',
  'noto-sans-kr': '@fontsource-variable/noto-sans-kr',
  'noto-color-emoji': '@fontsource/noto-color-emoji',
  'dejavu-mono': 'dejavu-fonts-ttf',
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/** The file behind '/fonts/<family>/<path>', or undefined where there is none (or it is no font). */
export async function readFont(path: string): Promise<{ readonly type: string; readonly body: Uint8Array } | undefined> {
  const [family = '', ...rest] = path.replace(/^\/fonts\//, '').split('/');
  const packageName = FAMILIES[family];
  const file = normalize(rest.join('/'));
  const type = TYPES[extname(file)];
  if (packageName === undefined || type === undefined || file.startsWith('..')) return undefined;
  const root = dirname(require.resolve(`${packageName}/package.json`));
  const body = await readFile(join(root, file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return body && { type, body };
}
