import type { Clock, Log, Slack } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import { formWindows } from './form-windows.ts';
import { home } from './home.ts';
import type { BotIdentity } from './identity.ts';
import { people, type SlackPeople } from './people.ts';
import { replies } from './replies.ts';
import { threads } from './threads.ts';

export { slackCalls } from './calls.ts';
export { checkAppToken, identify } from './identity.ts';

/** Everything that Jack says in Slack and learns about people there. */
export function slackAdapter(facts: { readonly calls: SlackCalls; readonly bot: BotIdentity; readonly clock: Clock; readonly log: Log }): Slack & { readonly people: SlackPeople } {
  const { calls, log } = facts;
  const { post, edit, find, permalink, place } = threads(facts);
  return {
    post,
    edit,
    find,
    permalink,
    reply: replies({ calls, threads: { place }, log }),
    publishHome: home(calls, facts.clock),
    ...formWindows({ calls, log }),
    people: people(facts),
  };
}
