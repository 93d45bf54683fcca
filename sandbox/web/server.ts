import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundlePage } from './serve/bundle.ts';
import { readEmojiNames, readEmojiSheet } from './serve/emoji-names.ts';
import { readFont } from './serve/fonts.ts';
import { serveSharedFile } from './serve/files.ts';
import { proxyToDoor } from './serve/proxy.ts';

interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** Never changes while a sandbox runs. */
const KEPT = /^\/fonts\/|^\/emoji\.png$/;

/** Only the page's own script and style run, whatever stands in a message. Pictures may come from the sandbox's other ports. */
const CONTENT_SECURITY_POLICY = "default-src 'self'; img-src * data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Serves the chat page on 127.0.0.1 and hands `/control/*` on to the control door at `controlUrl`.
 * `port` 0 takes a free one. Throws `EADDRINUSE` for a taken port and esbuild's error for a broken page.
 */
export async function startPage(options: { port: number; controlUrl: string }): Promise<{ url: string; stop(): Promise<void> }> {
  const fixed = await readFixedAnswers();
  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? '/';
    if (path.startsWith('/control/')) proxyToDoor(options.controlUrl, incoming, answer);
    else if (path.startsWith('/files/')) void serveSharedFile(options.controlUrl, path, answer);
    else void serveFile(fixed, path, answer);
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function readFixedAnswers(): Promise<ReadonlyMap<string, Answer>> {
  const [bundle, emoji, sheet, html, icon] = await Promise.all([
    bundlePage(),
    readEmojiNames(),
    readEmojiSheet(),
    readFile(new URL('page/index.html', import.meta.url), 'utf8'),
    readFile(new URL('page/icon.svg', import.meta.url), 'utf8'),
  ]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: bundle.script }],
    ['/page.css', { type: 'text/css; charset=utf-8', body: bundle.style }],
    ['/emoji.json', { type: 'application/json; charset=utf-8', body: JSON.stringify(emoji) }],
    ['/emoji.png', { type: 'image/png', body: sheet }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
  ]);
}

async function serveFile(fixed: ReadonlyMap<string, Answer>, path: string, answer: ServerResponse): Promise<void> {
  const { pathname } = new URL(path, 'http://page');
  const found = fixed.get(pathname) ?? (pathname.startsWith('/fonts/') ? await readFont(pathname) : undefined);
  if (!found) {
    answer.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Nothing is here. The page is at /.');
    return;
  }
  answer.writeHead(200, {
    'content-type': found.type,
    'cache-control': KEPT.test(pathname) ? 'public, max-age=86400' : 'no-cache',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  });
  answer.end(found.body);
}
