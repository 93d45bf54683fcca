import { describe, expect, it } from '@jest/globals';
import { createLog, plainError } from '../../src/log.ts';

describe('the log', () => {
  it('masks what looks like a secret, in errors and their causes', () => {
    const cause = new Error('postgres://jack:hunter2@db/jack refused AKIAABCDEFGHIJKLMNOP');
    const told = JSON.stringify(plainError(new Error('token xoxb-12-abc and https://hooks.slack.com/commands/T1/2/x', { cause })));
    expect(told).not.toMatch(/xoxb-12|hunter2|AKIAABCD|hooks\.slack/);
    expect(told).toContain('refused');
  });

  it('masks what looks like a secret wherever it stands', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const words = 'x-amz-security-token:IQoJSECRET and https://hooks.slack-gov.com/services/IQoJSECRET';
    log.warn({ release: 7, error: words }, 'something keeps a release from going on');
    log.error({ app: 'shop', problem: words }, 'an app cannot be discovered');
    log.warn({ from: 'slack library' }, 'closed wss://wss-primary.slack.com/link/?ticket=IQoJSECRET');
    log.warn({ err: new Error(words) }, 'a run ended in a fault');
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain('IQoJSECRET');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ release: 7, error: 'x-amz-security-token:*** and ***', msg: 'something keeps a release from going on' });
    log.info({ seq: 12, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', key: 'release:1' }, 'audit head');
    expect(JSON.parse(lines[4] ?? '')).toMatchObject({ seq: 12, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', key: 'release:1' });
  });

  it('leaves out what vendors hang on their errors', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.warn({ err: Object.assign(new Error('no'), { request: { body: 'what Ada wrote' } }) }, 'a run ended in a fault');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', msg: 'a run ended in a fault', err: { name: 'Error', message: 'no' } });
    expect(lines[0]).not.toContain('Ada wrote');
  });
});
