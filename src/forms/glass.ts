import { planFor } from '../commands/rollback.ts';
import { textIn } from '../operations/clicks/form-metadata.ts';
import { SHORTEST_GLASS_REASON } from '../domain/door/glass.ts';
import { PASSABLE, type GateName } from '../domain/gates/gate.ts';
import { breakGlass, requestThroughGlass } from '../operations/break-glass.ts';
import { glassCaseOfRelease, glassCaseOfRequest, type GlassCase } from '../operations/glass-case.ts';
import type { World } from '../ports.ts';
import { glassBrokenReply, glassForm } from '../views/broken-glass.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Form } from './form.ts';
import { answerPlace, type Opening } from './opening.ts';

/** *Break glass*: the reason why a release passes a closed gate. Its metadata names what passes and the gate that was shown. */
export const glass: Form = {
  id: 'glass',
  check: (values) => ((values['reason'] ?? '').trim().length < SHORTEST_GLASS_REASON ? { reason: `Say why, in ${SHORTEST_GLASS_REASON} characters or more: the whole channel will read it.` } : undefined),
  async submit({ values, privateMetadata, said, world }) {
    const gate = gateNamed(textIn(privateMetadata, 'gate'));
    if (gate === undefined) return refusalReply({ kind: 'stale-button' });
    const wish = { gate, user: said.user, reason: (values['reason'] ?? '').trim(), wishId: said.id };
    const asked = textIn(privateMetadata, 'asked');
    if (asked === undefined) {
      const broken = await breakGlass({ ...wish, release: textIn(privateMetadata, 'release') ?? '' }, world);
      return broken.ok ? glassBrokenReply(broken.value, gate) : refusalReply(broken.refusal);
    }
    const answer = await requestThroughGlass({ ...wish, asked }, world);
    if (!answer.ok) return refusalReply(answer.refusal);
    return 'plan' in answer.value ? planFor(answer.value.plan, { said, world }) : glassBrokenReply(answer.value.release, gate);
  },
};

function gateNamed(name: string | undefined): GateName | undefined {
  return [...PASSABLE].find((gate) => gate === name);
}

/** For a request that a gate refused: the button under the refusal, which one person sees. What is refused is told by the button. */
export async function openGlassForRequest(click: Opening, world: World): Promise<void> {
  const found = await glassCaseOfRequest(click.value, click.user, world);
  if (found.ok) await open(click, found.value, { asked: click.value }, world);
}

/** For a release that waits: the button in its headline, which everybody sees. */
export async function openGlassForRelease(click: Opening, world: World): Promise<void> {
  const found = await glassCaseOfRelease(click.value, click.user, world);
  if (found.ok) await open(click, found.value, { release: click.value }, world);
}

async function open(click: Opening, found: GlassCase, passing: { readonly asked: string } | { readonly release: string }, world: World): Promise<void> {
  await world.slack.openForm(click.triggerId, glassForm(found, JSON.stringify({ ...answerPlace(click), ...passing, gate: found.gate })));
}
