import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Slack } from '../slack.ts';
import type { HttpAnswer } from './answer.ts';
import { answerCall } from '../api/answer-call.ts';
import { answerDownload } from './download.ts';
import { answerUpload } from './upload.ts';
import { jsonAnswer, textAnswer } from './answer.ts';
import { fieldsOf, readBytes } from './body.ts';
import { answerResponseUrl } from './response-url.ts';

/** The HTTP side of Slack: Web API, uploads, downloads and response URLs. */
export function createWireServer(slack: Slack): Server {
  return createServer((request, response) => {
    void answerRequest(slack, request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, failure(error)),
    );
  });
}

async function answerRequest(slack: Slack, request: IncomingMessage): Promise<HttpAnswer> {
  const url = new URL(request.url ?? '/', 'http://slack.test');
  const bytes = await readBytes(request);
  const contentType = request.headers['content-type'] ?? '';
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (url.pathname.startsWith('/api/')) return answerCall(slack, url.pathname.slice('/api/'.length), await fieldsOf(bytes, contentType, url.searchParams), bearer);
  if (url.pathname.startsWith('/upload/v1/')) return answerUpload(slack, url.pathname.slice('/upload/v1/'.length), { bytes, contentType });
  if (url.pathname.startsWith('/files-pri/')) return answerDownload(slack, url.pathname, bearer);
  if (/^\/(commands|actions)\//.test(url.pathname)) return answerResponseUrl(slack, url.pathname, await fieldsOf(bytes, contentType || 'application/json', url.searchParams));
  return textAnswer('not found', 404);
}

function failure(error: unknown): HttpAnswer {
  if (error instanceof SyntaxError) return jsonAnswer({ ok: false, error: 'invalid_json' }, { error: 'invalid_json' });
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`slack sandbox: ${reason}\n`);
  return jsonAnswer({ ok: false, error: 'internal_error', reason }, { status: 500, error: 'internal_error' });
}

function send(response: ServerResponse, answer: HttpAnswer): void {
  if (answer.drop === true) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
