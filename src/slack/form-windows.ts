import type { Log, Slack } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf, platformError } from './faults.ts';

/** Slack's words for a form that came too late or is not there any more. */
const TOO_LATE = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id', 'trigger_expired', 'trigger_exchanged', 'not_found', 'hash_conflict', 'view_not_found']);

interface Shown {
  readonly view?: { readonly id?: string; readonly hash?: string };
}

/** Opening and redrawing forms. A trigger id lives three seconds: a form that comes too late is logged and not shown. */
export function formWindows({ calls, log }: { readonly calls: SlackCalls; readonly log: Log }): Pick<Slack, 'openForm' | 'updateForm'> {
  async function attempt(method: string, fields: Record<string, unknown>): Promise<Shown | undefined> {
    try {
      return (await calls.once.apiCall(method, fields)) as Shown;
    } catch (error) {
      const word = platformError(error);
      if (word === undefined || !TOO_LATE.has(word)) throw faultOf(error, { method });
      log.warn({ method, error: word }, 'a form could not be shown any more');
      return undefined;
    }
  }

  return {
    async openForm(triggerId, view) {
      const opened = await attempt('views.open', { trigger_id: triggerId, view });
      const id = opened?.view?.id;
      return id === undefined ? undefined : { viewId: id, hash: opened?.view?.hash ?? '' };
    },
    async updateForm(viewId, view, hash) {
      await attempt('views.update', { view_id: viewId, view, ...(hash !== undefined && hash !== '' && { hash }) });
    },
  };
}
