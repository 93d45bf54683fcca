import type { ControlRoute } from '../../control/route.ts';
import type { Slack } from '../slack.ts';
import { click, loadOptions, select } from '../people/click.ts';
import { openHome } from '../people/home.ts';
import { close, submit } from '../people/submit.ts';
import { typeText } from '../people/type.ts';
import { channelOf, needed, personFor } from '../people/who.ts';

/** Routes by which a person acts. They answer when the app has acked, or when Slack gives up on it. */
export function peopleRoutes(slack: Slack): readonly ControlRoute[] {
  return [
    { method: 'POST', path: '/slack/type', summary: 'Say something in a channel or thread; a leading / runs a command {user, channel, text, thread_ts?}', run: (args) => typeText(slack, args) },
    { method: 'POST', path: '/slack/click', summary: 'Click a button {user, channel+ts | view_id, action_id, block_id?, value?, selected?, forge?}', run: (args) => click(slack, args) },
    { method: 'POST', path: '/slack/select', summary: 'Choose or type in an element {user, channel+ts | view_id, block_id, action_id, value}', run: (args) => select(slack, args) },
    { method: 'POST', path: '/slack/options', summary: 'Load the options of an external select {user, channel+ts | view_id, block_id, action_id, query}', run: (args) => loadOptions(slack, args) },
    { method: 'POST', path: '/slack/submit', summary: 'Submit a modal {user, view_id, values?: {block_id: {action_id: value}}}', run: (args) => submit(slack, args) },
    { method: 'POST', path: '/slack/close', summary: 'Close a modal, or with all every modal {user, view_id, all?}', run: (args) => close(slack, args) },
    { method: 'POST', path: '/slack/home', summary: "Open the app's home tab {user}", run: (args) => openHome(slack, args) },
    {
      method: 'POST',
      path: '/slack/read',
      summary: 'Read a channel up to a message {user, channel, ts}',
      run: (args) => {
        const user = personFor(slack, args);
        slack.workspace.messages.markRead(user.id, channelOf(slack, user, args['channel']).id, needed(args, 'ts'));
        slack.changed();
        return {};
      },
    },
    {
      method: 'POST',
      path: '/slack/reload',
      summary: 'A person reloads Slack: what only they saw is gone {user}',
      run: (args) => {
        slack.workspace.messages.forgetEphemeralsOf(personFor(slack, args).id);
        slack.changed();
        return {};
      },
    },
  ];
}
