import type { Slack } from '../slack.ts';
import type { HttpAnswer } from './answer.ts';
import { jsonAnswer, textAnswer } from './answer.ts';
import { uploadedBytes } from './body.ts';
import { throughGate } from './through-gate.ts';

/** The address of `files.getUploadURLExternal`: takes the bytes and answers `OK - <length>`. The SDK sends its token along. */
export function answerUpload(slack: Slack, ticket: string, sent: { readonly bytes: Buffer; readonly contentType: string }): Promise<HttpAnswer> {
  const file = slack.workspace.files.byTicket(ticket);
  const call = { service: 'slack', operation: 'upload', input: { ticket, length: sent.bytes.length }, caller: slack.workspace.app.botUserId, mutates: file !== undefined };
  return throughGate(slack.gate, call, async () => {
    if (file === undefined) return jsonAnswer({ ok: false, error: 'invalid_ticket' }, { status: 404, error: 'invalid_ticket' });
    const bytes = await uploadedBytes(sent.bytes, sent.contentType);
    if (bytes.length !== file.length) return textAnswer(`content length does not match: announced ${file.length}, received ${bytes.length}`, 400);
    file.bytes = bytes;
    return textAnswer(`OK - ${bytes.length}`);
  });
}
