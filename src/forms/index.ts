import { parseSaid } from '../commands/index.ts';
import type { Said, World } from '../ports.ts';
import { deploy, openDeployForm, redrawDeployForm } from './deploy.ts';
import type { Form, FormValues } from './form.ts';
import { openRejectForm, reject } from './reject.ts';

/** Everything that people can fill in. A new form is one file and one line here. */
export const forms: readonly Form[] = [deploy, reject];

/** Whether what was said opens or redraws a form at once. Such a form needs Slack's trigger id, which lives three seconds. */
export function opensForm(said: Said): boolean {
  const { what } = said;
  if (what.kind === 'button') return what.button === 'approval.reject' || what.button === 'home.deploy' || what.button === 'deploy.place';
  const { verb, words } = parseSaid(said);
  return what.kind === 'command' && verb === 'deploy' && words.length === 0;
}

/** Opens it, best effort: nobody can open a form later. `shown`: the click was made in this form. */
export async function openForm(said: Said, shown: { readonly viewId: string; readonly hash: string; readonly privateMetadata: string } | undefined, world: World): Promise<void> {
  const { what, user, channel } = said;
  if (what.kind === 'button' && what.button === 'deploy.place') {
    if (shown) await redrawDeployForm(shown, what.value, { channel: channelOf(shown.privateMetadata), user }, world);
    return;
  }
  const { triggerId } = said;
  if (triggerId === undefined) return;
  if (what.kind === 'button' && what.button === 'approval.reject') await openRejectForm(triggerId, what.value, { channel, ...(what.threadTs !== undefined && { threadTs: what.threadTs }) }, world);
  else await openDeployForm({ triggerId, channel, user }, world);
}

function channelOf(privateMetadata: string): string {
  const written: unknown = JSON.parse(privateMetadata);
  const channel: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, 'channel') : undefined;
  return typeof channel === 'string' ? channel : '';
}

/** What is wrong in what was filled in, by block id. */
export function checkForm(id: string, values: FormValues): Readonly<Record<string, string>> | undefined {
  return forms.find((form) => form.id === id)?.check(values);
}
