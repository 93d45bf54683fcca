import type { Slack } from '../slack.ts';
import type { HttpAnswer } from './answer.ts';
import { textAnswer } from './answer.ts';

/** `url_private`: the file's bytes for who brings the bot token; Slack sends everybody else to its login page. */
export function answerDownload(slack: Slack, path: string, bearer: string | undefined): HttpAnswer {
  const file = slack.workspace.files.find(path.split('/')[2] ?? '');
  if (file?.bytes === undefined) return textAnswer('not found', 404);
  if (bearer !== slack.workspace.app.botToken) return textAnswer('please sign in', 302, { location: `https://${slack.workspace.team.domain}.slack.com/` });
  return { status: 200, headers: { 'content-type': file.mimetype ?? 'application/octet-stream' }, body: file.bytes };
}
