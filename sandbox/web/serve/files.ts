import type { ServerResponse } from 'node:http';

interface SharedFile {
  readonly name?: string;
  readonly mimetype?: string;
  readonly base64?: string;
}

/** Only these are shown; anything else a browser downloads. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp)$|^text\/(?:plain|csv)$/;

/** '/files/F123': a file that was shared in the workspace, for a browser that holds no token. */
export async function serveSharedFile(controlUrl: string, path: string, answer: ServerResponse): Promise<void> {
  const id = path.replace(/^\/files\//, '');
  const found = await fetch(new URL(`slack/file/${encodeURIComponent(decodeURIComponent(id))}`, controlUrl)).catch(() => undefined);
  if (!found?.ok) {
    answer.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such file.');
    return;
  }
  const { name = id, mimetype = '', base64 = '' } = (await found.json()) as SharedFile;
  const shown = SHOWN.test(mimetype);
  answer.writeHead(200, {
    'content-type': shown ? `${mimetype}${mimetype.startsWith('text/') ? '; charset=utf-8' : ''}` : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  answer.end(Buffer.from(base64, 'base64'));
}
