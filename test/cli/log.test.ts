import { describe, expect, it } from '@jest/globals';
import { createLog, plainError } from '../../src/log.ts';

describe('the log', () => {
  it('masks what looks like a secret, in errors and their causes', () => {
    const cause = new Error('postgres://jack:hunter2@db/jack refused AKIAABCDEFGHIJKLMNOP');
    const told = JSON.stringify(plainError(new Error('token xoxb-12-abc and https://hooks.slack.com/commands/T1/2/x', { cause })));
    expect(told).not.toMatch(/xoxb-12|hunter2|AKIAABCD|hooks\.slack/);
    expect(told).toContain('refused');
  });

  it('leaves out what vendors hang on their errors', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.warn({ err: Object.assign(new Error('no'), { request: { body: 'what Ada wrote' } }) }, 'a run ended in a fault');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', msg: 'a run ended in a fault', err: { name: 'Error', message: 'no' } });
    expect(lines[0]).not.toContain('Ada wrote');
  });
});
