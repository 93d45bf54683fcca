import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { NEEDED_SCOPES } from '../../src/slack/scopes.ts';

interface Manifest {
  readonly display_information: { readonly name: string; readonly description: string };
  readonly features: { readonly slash_commands: readonly { readonly command: string; readonly description: string; readonly should_escape: boolean }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
}

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;

describe('manifest.yml', () => {
  it('asks for exactly the scopes that a start needs', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...NEEDED_SCOPES].sort());
  });

  it('has the three commands, with names of people and channels escaped', () => {
    expect(manifest.features.slash_commands.map(({ command, should_escape }) => ({ command, should_escape }))).toEqual(
      ['/deploy', '/rollback', '/jack'].map((command) => ({ command, should_escape: true })),
    );
  });

  it('subscribes to the events that are listened to', () => {
    const listening = ['src/slack/listening/listeners.ts', 'src/slack/listening/said.ts'].map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const event of manifest.settings.event_subscriptions.bot_events) expect(listening).toContain(`'${event.replace('message.im', 'im')}'`);
  });

  it('keeps to Slack’s lengths', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  });
});
