import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../json.ts';
import { objectOf } from '../values.ts';

/** All bytes of a request. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The fields of a Web API call: query, form, JSON or multipart text parts. Slack takes each of them. */
export async function fieldsOf(bytes: Buffer, contentType: string, query: URLSearchParams): Promise<JsonObject> {
  const fields: JsonObject = Object.fromEntries(query);
  if (bytes.length === 0) return fields;
  if (contentType.startsWith('application/json')) return { ...fields, ...objectOf(JSON.parse(bytes.toString()) as JsonObject) };
  if (contentType.startsWith('multipart/form-data')) return { ...fields, ...(await partsOf(bytes, contentType)).fields };
  return { ...fields, ...Object.fromEntries(new URLSearchParams(bytes.toString())) };
}

/** What was uploaded: the file part of a multipart body, or the whole body when it is not multipart. */
export async function uploadedBytes(bytes: Buffer, contentType: string): Promise<Uint8Array> {
  if (!contentType.startsWith('multipart/form-data')) return bytes;
  return (await partsOf(bytes, contentType)).file ?? new Uint8Array();
}

async function partsOf(bytes: Buffer, contentType: string): Promise<{ readonly fields: JsonObject; readonly file: Uint8Array | undefined }> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  const fields: Record<string, string> = {};
  let file: Uint8Array | undefined;
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else file = new Uint8Array(await value.arrayBuffer());
  }
  return { fields, file };
}
