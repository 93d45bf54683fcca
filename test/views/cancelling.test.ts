import { describe, expect, it } from '@jest/globals';
import type { Release } from '../../src/domain/release.ts';
import { releaseThread } from '../../src/views/release-thread.ts';
import { statusWords } from '../../src/views/status.ts';
import { ADA, aDeploy, anExecution, aRelease, T0 } from '../support/world/builders.ts';
import { wordsOf } from '../support/world/transcript.ts';

const thread = (release: Release) => releaseThread(release, {});
const words = (release: Release): string => thread(release).map((message) => [message.text, ...message.blocks.map(wordsOf)].join('\n')).join('\n\n');

describe('the headline of what is deployed', () => {
  it('offers no cancel while it is only being checked, unless its pipeline has more to do', () => {
    const { stages } = anExecution({ 'Prod/Deploy': { status: 'Succeeded' } });
    const done = stages.map((stage) => ({ ...stage, actions: stage.actions.map((action) => ({ ...action, status: 'Succeeded' as const })) }));
    const checked = { status: 'verifying', executionStatus: 'InProgress', deploys: [aDeploy({ status: 'verifying' })] } as const;
    expect(words(aRelease({ ...checked, stages: done }))).not.toContain('[Cancel]');
    expect(words(aRelease({ ...checked, stages, executionStatus: 'Failed' }))).not.toContain('[Cancel]');
    const more = aRelease({ ...checked, stages });
    expect(words(more)).toContain('[Cancel]');
    expect(JSON.stringify(thread(more))).toContain('What was deployed to prod stays there. What the pipeline does after it is stopped.');
  });

  it('does not say that it is being cancelled once there is nothing to stop, unless its deployment was aborted', () => {
    const checked = { status: 'verifying', executionStatus: 'Succeeded', deploys: [aDeploy({ status: 'verifying' })] } as const;
    expect(statusWords(aRelease({ ...checked, cancel: { by: ADA, at: T0, askedAws: true } }))).toBe('deployed, checking that it is true');
    expect(statusWords(aRelease({ ...checked, cancel: { by: ADA, at: T0, abortAsked: true } }))).toContain('being cancelled');
  });
});

describe('the reply of a wish to cancel', () => {
  const asked = { key: 'cancel', at: T0, what: { kind: 'cancel-asked', by: ADA } } as const;
  const told = (changes: Partial<Release>): string => words(aRelease({ notes: [asked], cancel: { by: ADA, at: T0 }, ...changes }));

  it('says that it came too late where the release went live after all', () => {
    expect(told({ status: 'live' })).toContain('asked to cancel. It came too late for *prod*: it was deployed there all the same.');
    expect(told({ status: 'cancelled' })).not.toContain('too late');
    expect(told({ status: 'live', cancel: { by: ADA, at: T0, refused: true } })).not.toContain('too late');
  });

  it('is about its own attempt alone', () => {
    const first = { attempt: 1, status: 'cancelled', statusAt: T0, cancel: { by: ADA, at: T0 }, deploys: [] } as const;
    const second = { ...asked, key: 'cancel:2' };
    const thread = told({ attempt: 2, status: 'live', earlier: [first], notes: [asked, second] });
    expect(thread.match(/came too late/g)).toHaveLength(told({ status: 'live' }).match(/came too late/g)?.length ?? 0);
    expect(told({ attempt: 2, status: 'running', earlier: [first] })).not.toContain('when AWS shows it');
  });
});
