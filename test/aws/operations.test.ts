import { describe, expect, it } from '@jest/globals';
import { oldestFirst } from '../../src/aws/beanstalk/events.ts';
import type { TaggedEvent } from '../../src/aws/beanstalk/events.ts';
import { findOperation, updateStarted } from '../../src/aws/beanstalk/operations.ts';

const START = 1_795_000_000_000;

/** Events a second apart, oldest first, of one request. */
function told(requestId: string, messages: readonly string[], more: { readonly label?: string; readonly from?: number } = {}): readonly TaggedEvent[] {
  return messages.map((message, index) => ({
    at: (more.from ?? START) + index * 1_000,
    severity: /fail|unsuccessful|aborted/i.test(message) ? 'ERROR' : 'INFO',
    message,
    requestId,
    ...(more.label !== undefined && { label: more.label }),
  }));
}

const IS_STARTING = 'Environment update is starting.';
const GOOD = [IS_STARTING, 'Deploying new version to instance(s).', 'Instance deployment completed successfully.', 'New application version was deployed to running EC2 instances.', 'Environment update completed successfully.'];
const ABORTED_REST = 'During an aborted deployment, some instances may have deployed the new application version. To ensure all instances are running the same version, re-deploy the appropriate application version.';
const BAD = [
  IS_STARTING, 'Deploying new version to instance(s).', "Instance deployment failed. For details, see 'eb-engine.log'.",
  "Unsuccessful command execution on instance id(s) 'i-1'. Aborting the operation.", 'Failed to deploy application.', ABORTED_REST,
];

describe('a Beanstalk operation, told by its events', () => {
  it.each([
    ['a good deploy', GOOD, { kind: 'application', outcome: 'succeeded', aborted: false, revertedByBeanstalk: false, endedAt: START + 4_000 }],
    ['a deploy under way', GOOD.slice(0, 3), { kind: 'application', outcome: 'running', aborted: false }],
    ['a failed deploy', BAD, { kind: 'application', outcome: 'failed', aborted: false, revertedByBeanstalk: false, endedAt: START + 4_000 }],
    ['a rolling deploy', [IS_STARTING, 'Batch 1: Starting application deployment on instance(s) [i-1].'], { kind: 'application', outcome: 'running' }],
    ['an immutable deploy that went back', [IS_STARTING, 'Immutable deployment policy enabled. Launching one instance with the new settings to verify health.', 'Failed to deploy application.', 'The environment was reverted to the previous configuration setting.'], { outcome: 'failed', revertedByBeanstalk: true, endedAt: START + 3_000 }],
    ['an update with errors', [IS_STARTING, 'Update environment operation is complete, but with errors. For more information, see troubleshooting documentation.'], { outcome: 'failed' }],
    ['an update with time-outs', [IS_STARTING, 'Update environment operation is complete, but with command timeouts. Try increasing the timeout period.'], { outcome: 'failed' }],
    ['a configuration update', [IS_STARTING, "Updating environment shop-prod's configuration settings.", 'Successfully deployed new configuration to environment.', 'Environment update completed successfully.'], { kind: 'other', outcome: 'succeeded' }],
    ['a failed configuration update', [IS_STARTING, 'Failed to deploy configuration.'], { kind: 'other', outcome: 'failed' }],
    ['a restart', ['restartAppServer is starting.'], { kind: 'other', outcome: 'running' }],
  ])('is judged: %s', (_what, messages, expected) => {
    expect(findOperation(told('r-1', messages, { label: 'v2' }), { requestId: 'r-1', since: START })).toMatchObject({ requestId: 'r-1', startedAt: START, ...expected });
  });

  it('was aborted when somebody asked for it under another request id', () => {
    const events = [...told('r-1', BAD, { label: 'v2' }), ...told('r-2', ['abortEnvironmentUpdate is starting.'], { from: START + 1_500 })].sort((a, b) => a.at - b.at);
    expect(findOperation(events, { requestId: 'r-1', since: START })).toMatchObject({ aborted: true, outcome: 'failed' });
    expect(findOperation(events, { since: START })).toMatchObject({ requestId: 'r-1' });
  });

  it('is the newest that began since then, for this label', () => {
    const events = [...told('r-1', GOOD, { label: 'v1', from: START - 60_000 }), ...told('r-2', GOOD, { label: 'v2' }), ...told('r-3', GOOD.slice(0, 2), { label: 'v3', from: START + 60_000 })];
    expect(findOperation(events, { since: START })?.requestId).toBe('r-3');
    expect(findOperation(events, { since: START, label: 'v2' })?.requestId).toBe('r-2');
    expect(findOperation(events, { since: START, label: 'v1' })).toBeUndefined();
    expect(findOperation(events, { since: START + 120_000 })).toBeUndefined();
    expect(findOperation(events, { requestId: 'r-9', since: START })).toBeUndefined();
  });

  it('does not count events without a request id', () => {
    const events: readonly TaggedEvent[] = [{ at: START, severity: 'INFO', message: 'Environment health has transitioned from Ok to Info. Application update in progress.' }];
    expect(findOperation(events, { since: START })).toBeUndefined();
  });

  it('shows that an update to a label has begun', () => {
    const events = told('r-1', GOOD, { label: 'v2' });
    expect(updateStarted(events, 'v2', START)).toEqual({ requestId: 'r-1', at: START });
    expect(updateStarted(events, 'v1', START)).toBeUndefined();
    expect(updateStarted(events, 'v2', START + 1)).toBeUndefined();
  });
});

describe('events', () => {
  it('come newest first and are told oldest first, also within one millisecond', () => {
    const at = new Date(START);
    expect(oldestFirst([{ EventDate: at, Message: 'third' }, { EventDate: at, Message: 'second' }, { EventDate: new Date(START - 1), Message: 'first' }]).map(({ message }) => message)).toEqual(['first', 'second', 'third']);
  });
});
