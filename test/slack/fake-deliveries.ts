import type { App, Receiver } from '@slack/bolt';

/** Delivers payloads to Bolt as Slack does, and keeps what was acked. */
export class FakeReceiver implements Receiver {
  app: App | undefined;

  init(app: App): void {
    this.app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  /** The ack's content; null for an empty ack, undefined for none. */
  async deliver(body: object): Promise<unknown> {
    let acked: unknown;
    await this.app?.processEvent({
      body: { ...body },
      ack: async (content: unknown) => {
        acked = content ?? null;
      },
    });
    return acked;
  }
}

const person = { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' };
const team = { id: 'T1', domain: 'acme' };

export function command(text: string, more: object = {}): object {
  return {
    token: 't', team_id: 'T1', team_domain: 'acme', channel_id: 'C1', channel_name: 'shop', user_id: 'U1', user_name: 'ada', command: '/deploy', text,
    api_app_id: 'A1', is_enterprise_install: 'false', response_url: 'https://hooks.test/1', trigger_id: '1.2.abc', ...more,
  };
}

export function click(actionId: string, more: object = {}): object {
  return {
    type: 'block_actions', user: person, api_app_id: 'A1', token: 't', trigger_id: '1.2.c', team, enterprise: null, is_enterprise_install: false,
    container: { type: 'message', message_ts: '1700000000.000100', channel_id: 'C1', is_ephemeral: false }, channel: { id: 'C1', name: 'shop' },
    message: { type: 'message', ts: '1700000000.000100', user: 'UJACK', bot_id: 'B1', text: '…' }, state: { values: {} }, response_url: 'https://hooks.test/2',
    actions: [{ type: 'button', action_id: actionId, block_id: 'b1', value: 'a1', text: { type: 'plain_text', text: 'Approve' }, action_ts: '1700000001.123456' }],
    ...more,
  };
}

export function view(values: object, more: object = {}): object {
  return {
    id: 'V1', team_id: 'T1', type: 'modal', blocks: [], private_metadata: '{"channel":"C1"}', callback_id: 'deploy', state: { values }, hash: 'h1',
    title: { type: 'plain_text', text: 'Deploy' }, clear_on_close: false, notify_on_close: false, close: null, submit: null, previous_view_id: null,
    root_view_id: 'V1', app_id: 'A1', external_id: '', app_installed_team_id: 'T1', bot_id: 'B1', ...more,
  };
}

export function submission(values: object): object {
  return { type: 'view_submission', team, user: person, api_app_id: 'A1', token: 't', trigger_id: '1.2.z', view: view(values), response_urls: [], is_enterprise_install: false, enterprise: null };
}

export function event(inner: object): object {
  return { token: 't', team_id: 'T1', api_app_id: 'A1', type: 'event_callback', event_id: 'Ev1', event_time: 1_700_000_000, authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UJACK', is_bot: true, is_enterprise_install: false }], event: inner };
}

export function mention(text: string, more: object = {}): object {
  return event({ type: 'app_mention', user: 'U1', channel: 'C1', text, ts: '1700000000.000200', event_ts: '1700000000.000200', ...more });
}
