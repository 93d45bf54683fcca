import { textIn, withOpened, withoutOpened } from './form-metadata.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { FormView, Said, World } from '../../ports.ts';

/** A form may stand open on a screen for days, and what was sent be read late, after an outage. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Noted before a form is opened: for whom, and what it carries. */
interface Opened {
  readonly user: string;
  readonly form: string;
  /** Its metadata, as it was made. */
  readonly metadata: string;
  /** What was said with it; it is filled in once. */
  readonly usedBy?: string;
}

/**
 * The same world, in which every form that is opened is bound to this person: it is noted before Slack shows it, and its
 * metadata carries the note's id. `shown`: the metadata of the form that is on the screen already.
 */
export function bindingForms(world: World, user: string, shown?: string): World {
  let id = shown === undefined ? undefined : textIn(shown, 'opened');
  return {
    ...world,
    slack: {
      ...world.slack,
      async openForm(triggerId, view) {
        if (!view.submit) return world.slack.openForm(triggerId, view);
        id = world.ids.next();
        const opened: Opened = { user, form: view.callback_id, metadata: withoutOpened(view.private_metadata ?? '') };
        await world.store.setNote(`form:${id}`, JSON.stringify(opened), world.clock.now() + KEPT_MS);
        return world.slack.openForm(triggerId, bound(view, id));
      },
      updateForm: (viewId, view, hash) => world.slack.updateForm(viewId, id === undefined ? view : bound(view, id), hash),
    },
  };
}

/** Undefined when the form was opened for who fills it in, carries what it carried then, and is filled in for the first time; else the refusal. */
export async function believeForm(said: Said, world: World): Promise<Refusal | undefined> {
  const { what, user } = said;
  if (what.kind !== 'form') return { kind: 'foreign-click' };
  const id = textIn(what.privateMetadata, 'opened');
  const noted = id === undefined ? undefined : await world.store.note(`form:${id}`);
  if (id === undefined || noted === undefined) return { kind: 'foreign-click', form: true };
  const opened = JSON.parse(noted) as Opened;
  const same = opened.user === user && opened.form === what.form && withoutOpened(what.privateMetadata) === opened.metadata;
  if (!same) return { kind: 'foreign-click', form: true };
  if (opened.usedBy !== undefined) return opened.usedBy === said.id ? undefined : { kind: 'stale-button' };
  // Of two that are sent in the same instant one is the first; the other one finds that out when it looks again.
  const isFirst = await world.store.replaceNote(`form:${id}`, noted, JSON.stringify({ ...opened, usedBy: said.id } satisfies Opened));
  return isFirst ? undefined : believeForm(said, world);
}

function bound(view: FormView, id: string): FormView {
  return { ...view, private_metadata: withOpened(view.private_metadata ?? '', id) };
}
