import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The page's script and style sheet, as text. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** Bundles the page in memory (about 0.2 s). Throws esbuild's own error, with file and line, where the source is broken. */
export async function bundlePage(): Promise<Bundle> {
  const page = fileURLToPath(new URL('../page/', import.meta.url));
  const result = await build({
    entryPoints: [`${page}main.tsx`, `${page}page.css`],
    outdir: '/',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: ['/fonts/*', '/emoji.png'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const output = (ending: string): string => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: output('.js'), style: output('.css') };
}
