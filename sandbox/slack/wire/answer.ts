import type { Json } from '../../json.ts';

/** What is sent back over HTTP; `drop` cuts the connection instead. */
export type HttpAnswer = { readonly drop?: false; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string | Uint8Array; readonly error?: string } | { readonly drop: true };

/** A JSON answer. `error` is what the record of calls shows. */
export function jsonAnswer(value: Json, extra: { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly error?: string } = {}): HttpAnswer {
  const { status = 200, headers = {}, error } = extra;
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value), ...(error === undefined ? {} : { error }) };
}

export function textAnswer(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}
