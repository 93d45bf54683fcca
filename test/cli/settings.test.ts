import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/settings.ts';
import { StartProblem } from '../../src/start-problem.ts';

const good = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

function problems(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof StartProblem) return error.lines;
    throw error;
  }
}

describe('settings', () => {
  it('need only the two tokens', () => {
    expect(readSettings(good)).toEqual({
      slack: { token: 'xoxb-1', way: { kind: 'socket', appToken: 'xapp-1' } },
      configFile: './jack.yml',
      store: { kind: 'embedded', folder: './.jack' },
      logLevel: 'info',
      poll: { fastMs: 3000, slowMs: 30_000, nagMs: 10_800_000 },
    });
  });

  it('choose HTTP where there is only a signing secret', () => {
    expect(readSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', PORT: '80' }).slack.way).toEqual({ kind: 'http', signingSecret: 's', port: 80 });
  });

  it('choose PostgreSQL where there is an address of one', () => {
    expect(readSettings({ ...good, DATABASE_URL: 'postgres://u@h/d', JACK_DATA: '/data' }).store).toEqual({ kind: 'postgres', url: 'postgres://u@h/d' });
  });

  it('take an empty variable as not set', () => {
    expect(readSettings({ ...good, HEALTH_PORT: '', DATABASE_URL: ' ' })).not.toHaveProperty('healthPort');
  });

  it.each([
    [{ ...good, SLACK_BOT_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN is not a bot token \(it begins with xapp-/],
    [{ ...good, SLACK_APP_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN is not an app-level token/],
    [{ ...good, HEALTH_PORT: '70000' }, /HEALTH_PORT is "70000": write a port number/],
    [{ ...good, LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud": choose one of/],
    [{ ...good, DATABASE_URL: 'mysql://x' }, /DATABASE_URL is no PostgreSQL address/],
    [{ ...good, SLACK_API_URL: 'slack' }, /SLACK_API_URL is no web address/],
    [{ ...good, JACK_POLL_FAST_MS: 'often' }, /JACK_POLL_FAST_MS is "often": write milliseconds/],
  ])('say what is wrong in %j', (env, sentence) => {
    expect(problems(env)).toEqual([expect.stringMatching(sentence)]);
  });

  it('say all that is wrong at once, and no secret', () => {
    const said = problems({ SLACK_BOT_TOKEN: 'hunter2secret', LOG_LEVEL: 'x', PORT: 'y' });
    expect(said).toHaveLength(3);
    expect(said.join(' ')).not.toContain('hunter2secret');
  });
});
