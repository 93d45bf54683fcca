import { parseSaid } from '../commands/index.ts';
import { textIn } from '../operations/clicks/form-metadata.ts';
import type { Said, World } from '../ports.ts';
import { deploy, openDeployForm, redrawDeployForm } from './deploy.ts';
import type { Form, FormValues } from './form.ts';
import { glass, openGlassForRelease, openGlassForRequest } from './glass.ts';
import { approveForm, openCommentForm } from './approve.ts';
import type { Opening } from './opening.ts';
import { openRejectForm, reject } from './reject.ts';

/** Everything that people can fill in. A new form is one file and one line here, and one below for each button that opens it. */
export const forms: readonly Form[] = [deploy, reject, approveForm, glass];

/** By the id of the button. */
const OPENERS = new Map<string, (click: Opening, world: World) => Promise<void>>([
  ['home.deploy', openDeployForm],
  ['approval.reject', openRejectForm],
  ['approval.comment', openCommentForm],
  ['glass.release', openGlassForRelease],
  ['glass.break', openGlassForRequest],
]);

/** Whether what was said opens or redraws a form at once. Such a form needs Slack's trigger id, which lives three seconds. */
export function opensForm(said: Said): boolean {
  const { what } = said;
  if (what.kind === 'button') return OPENERS.has(what.button) || what.button === 'deploy.place';
  const { verb, words } = parseSaid(said);
  return what.kind === 'command' && verb === 'deploy' && words.length === 0;
}

/** Opens it, best effort: nobody can open a form later. `shown`: the click was made in this form. */
export async function openForm(said: Said, shown: { readonly viewId: string; readonly hash: string; readonly privateMetadata: string } | undefined, world: World): Promise<void> {
  const { what, user, channel, triggerId, reply: { threadTs } } = said;
  if (what.kind === 'button' && what.button === 'deploy.place') {
    if (shown) await redrawDeployForm(shown, what.value, { channel: textIn(shown.privateMetadata, 'channel') ?? '', user }, world);
    return;
  }
  if (triggerId === undefined) return;
  const click = { triggerId, user, channel };
  if (what.kind === 'button') await OPENERS.get(what.button)?.({ ...click, value: what.value, ...(threadTs !== undefined && { threadTs }) }, world);
  else await openDeployForm(click, world);
}

/** What is wrong in what was filled in, by block id. */
export function checkForm(id: string, values: FormValues): Readonly<Record<string, string>> | undefined {
  return forms.find((form) => form.id === id)?.check(values);
}
